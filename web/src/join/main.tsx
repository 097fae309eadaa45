/** Starts the page. */
import "../page/page.css";
import { mount } from "../page/mount";
import { texts } from "../texts";

mount(<main>{texts.page.loading}</main>);
