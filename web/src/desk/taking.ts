/** Opens a person's own link to a call in a tab of its own, so that the desk stays where it is. */
import { linkTo } from "../wire/desk";

/** The tab is opened within the press: browsers block one that comes later. */
export async function take(escalation: string): Promise<void> {
  const tab = window.open("", "_blank");
  try {
    const { url } = await linkTo(escalation);
    (tab ?? window).location.assign(`${url}#take`);
  } catch (error) {
    tab?.close();
    throw error;
  }
}
