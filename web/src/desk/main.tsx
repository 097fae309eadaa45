/** Starts the desk. */
import "../page/page.css";
import "./desk.css";
import { mount } from "../page/mount";
import { DeskPage } from "./DeskPage";

mount(<DeskPage />);
