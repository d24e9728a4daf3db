// The bot's commands as a list above the text: from the menu, or while a slash is typed.

import { get } from "./api.js";
import { button, el } from "./dom.js";

export class Commands {
  #list;
  #input;
  #person;
  #choose;
  #menu;
  #t;
  #id;
  #offered = [];
  #at = 0;
  #asked = 0;

  /** `choose(command, whole)` takes what was picked; `whole` says that it was picked to be sent at once. */
  constructor({ person, input, menu, t, choose }) {
    this.#person = person;
    this.#input = input;
    this.#menu = menu;
    this.#choose = choose;
    this.#t = t;
    this.#id = `commands-${person.id}`;
    this.#list = el("div", { class: "commands", id: this.#id, role: "listbox", "aria-label": t("commands"), tabindex: "0", hidden: true });
  }

  get element() {
    return this.#list;
  }

  get open() {
    return !this.#list.hidden;
  }

  /** From the menu button: the list takes the keys through the field, where a keyboard would not cover it. */
  toggle() {
    if (this.open) {
      this.close();
      return;
    }
    if (matchMedia("(pointer: fine)").matches) this.#input.focus();
    this.#show("");
  }

  close() {
    this.#asked += 1;
    this.#list.hidden = true;
    this.#menu.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** Follows what is typed: a slash and letters, and nothing else yet. */
  follow(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (typed) this.#show(typed[1].toLowerCase());
    else if (this.open) this.close();
  }

  /** Takes a key while the list is open; returns whether it was one of the list's own. */
  key(event) {
    if (!this.open) return false;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") this.#move(1);
    else if (event.key === "ArrowUp") this.#move(-1);
    else if (event.key === "Tab" && this.#offered.length && !event.shiftKey) this.#choose(this.#offered[this.#at].command, false);
    else if (event.key === "Enter" && !event.shiftKey && this.#offered.length) this.#choose(this.#offered[this.#at].command, true);
    else return false;
    event.preventDefault();
    return true;
  }

  async #show(begun) {
    this.#asked += 1;
    const asked = this.#asked;
    const all = await get(`/control/users/${this.#person.id}/commands`).catch(() => []);
    if (asked !== this.#asked) return;
    this.#offered = all.filter((each) => each.command.startsWith(begun));
    this.#at = 0;
    this.#list.replaceChildren(...this.#offered.map((each, place) => this.#row(each, place)));
    if (!this.#offered.length) {
      this.close();
      return;
    }
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    this.#menu.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #row(command, place) {
    return button(
      { class: "command", id: `${this.#id}-${place}`, role: "option", tabindex: "-1", data: { command: command.command }, on: { pointerdown: (event) => event.preventDefault() } },
      () => this.#choose(command.command, true),
      el("span", { class: "command-words", dir: "auto" }, command.description),
      el("span", { class: "command-name" }, `/${command.command}`),
    );
  }

  #move(step) {
    this.#at = (this.#at + step + this.#offered.length) % this.#offered.length;
    this.#mark();
  }

  #mark() {
    for (const [place, row] of [...this.#list.children].entries()) row.setAttribute("aria-selected", String(place === this.#at));
    const row = this.#list.children[this.#at];
    row.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", row.id);
  }
}
