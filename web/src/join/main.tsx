/** Starts the join page; the link's path is all that it needs to know. */
import "../page/page.css";
import { mount } from "../page/mount";
import { Link } from "../wire/link";
import { JoinPage } from "./JoinPage";
import { asked } from "./memory";

const link = new Link(window.location.pathname.replace(/\/$/, ""));
mount(<JoinPage link={link} entering={asked(link.path)} />);
