/** Starts the laptop's caller page. */
import "../page/page.css";
import { mount } from "../page/mount";
import { CallerPage } from "./CallerPage";

mount(<CallerPage />);
