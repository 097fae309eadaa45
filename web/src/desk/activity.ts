/** When a person last did something at this desk: only that keeps them signed in. */
const SIGNED_IN_MS = 30 * 60_000;
const WARNING_MS = 2 * 60_000;
const SIGNS = ["pointerdown", "keydown"] as const;

export class Activity {
  // Opening the page was a person's doing.
  #acted = true;
  #at = Date.now();

  watch(): () => void {
    const note = () => {
      this.#acted = true;
    };
    for (const sign of SIGNS) document.addEventListener(sign, note);
    return () => {
      for (const sign of SIGNS) document.removeEventListener(sign, note);
    };
  }

  /** Whether somebody was there since the last time that this was asked, which tells the service so. */
  sinceLastAsked(): boolean {
    const acted = this.#acted;
    this.#acted = false;
    if (acted) this.#at = Date.now();
    return acted;
  }

  get endsSoon(): boolean {
    return Date.now() - this.#at > SIGNED_IN_MS - WARNING_MS;
  }
}
