// All phones: beside each other, or on a narrow screen the one that is in front, with tabs that show what is unread.

import { button, el, icon } from "./dom.js";
import { avatar, Phone } from "./phone.js";

export class Phones {
  #context;
  #stage;
  #tabs;
  #skips;
  #phones = new Map();
  #current = null;

  /** `stage` gets the phones, `tabs` a tab for each, `skips` a link to each for whoever goes by the keyboard. */
  constructor(context, { stage, tabs, skips }) {
    this.#context = context;
    this.#stage = stage;
    this.#tabs = tabs;
    this.#skips = skips;
    const { store } = context;
    store.on("ready", () => this.#fill());
    store.on("unread", () => this.#count());
    store.on("change", (personId, kind) => kind === "blocked" && this.get(personId)?.toast(context.strings.t("blocked")));
    document.addEventListener("visibilitychange", () => this.read());
    matchMedia("(max-width: 899px)").addEventListener("change", () => this.read());
  }

  /** Makes the phones of the store's people anew, in the language that is shown; each stays where it was read. */
  draw() {
    const places = new Map([...this.#phones].map(([id, phone]) => [id, phone.log.place]));
    for (const phone of this.#phones.values()) phone.close();
    this.#phones = new Map(this.#context.store.people.map((person) => [person.id, new Phone(person, this.#context)]));
    this.#stage.replaceChildren(...[...this.#phones.values()].map((phone) => phone.element));
    this.#drawTabs();
    this.#drawSkips();
    const first = this.#phones.has(this.#current) ? this.#current : this.#phones.keys().next().value;
    if (first !== undefined) this.#bring(first);
    this.#fill();
    for (const [id, phone] of this.#phones) phone.log.goTo(places.get(id) ?? null);
  }

  get(personId) {
    return this.#phones.get(personId);
  }

  get current() {
    return this.#current;
  }

  /** Brings a phone to the front where only one is seen, and draws the eye to it. */
  show(personId) {
    if (!this.#phones.has(personId)) return;
    this.#bring(personId);
    this.get(personId).call();
  }

  read() {
    for (const phone of this.#phones.values()) phone.read();
  }

  nameOf(personId) {
    const person = this.#context.store.person(personId);
    return person ? this.#context.strings.of(person.name) : String(personId);
  }

  /** Asks to whom something goes; the id of a person, "copy" for nobody but the clipboard, undefined for neither. */
  chooseOtherOrCopy(sender, text) {
    const { strings } = this.#context;
    const copy = { value: "copy", label: strings.t("copy.text"), mark: icon("copy") };
    return this.chooseOther(sender, { preview: text, more: [copy] });
  }

  /** Asks to whom something goes; the id of a person, or undefined. `more` are further choices. */
  chooseOther(sender, { preview = "", more = [] } = {}) {
    const { dialogs, store, strings } = this.#context;
    const others = store.people.filter((person) => person.id !== sender.id);
    const people = others.map((person) => ({ value: person.id, label: strings.of(person.name), mark: avatar(person, strings) }));
    return dialogs.choose(strings.t("share.to"), [...people, ...more], { preview, over: this.get(sender.id)?.element });
  }

  #bring(personId) {
    this.#current = personId;
    for (const [id, phone] of this.#phones) phone.element.classList.toggle("current", id === personId);
    for (const tab of this.#tabs.children) tab.setAttribute("aria-current", String(Number(tab.dataset.person) === personId));
    const phone = this.get(personId);
    if (phone.log.atEnd) phone.log.toEnd();
    phone.read();
  }

  #fill() {
    if (!this.#context.store.live) return;
    for (const phone of this.#phones.values()) phone.fill();
    this.#count();
  }

  #drawTabs() {
    const { store, strings } = this.#context;
    this.#tabs.replaceChildren(...store.people.map((person) => button(
      { class: "tab", data: { person: person.id } },
      () => this.#bring(person.id),
      avatar(person, strings),
      el("span", { class: "tab-name" }, strings.of(person.name)),
      el("span", { class: "badge", hidden: true }),
    )));
  }

  #drawSkips() {
    const { store, strings } = this.#context;
    this.#skips.replaceChildren(...store.people.map((person) => el(
      "a",
      { class: "skip", href: `#phone-${person.id}`, on: { click: (event) => this.#skip(event, person.id) } },
      strings.t("skip.phone", { name: strings.of(person.name) }),
    )));
  }

  #skip(event, personId) {
    event.preventDefault();
    this.#bring(personId);
    this.get(personId).element.focus();
  }

  #count() {
    const { store, strings } = this.#context;
    for (const tab of this.#tabs.children) {
      const { unread } = store.chat(Number(tab.dataset.person));
      const badge = tab.querySelector(".badge");
      badge.hidden = unread === 0;
      badge.replaceChildren(strings.number(unread), el("span", { class: "hidden-words" }, ` ${strings.t("unread")}`));
    }
    const sum = store.unread;
    document.title = sum ? `(${strings.number(sum)}) ${strings.t("title")}` : strings.t("title");
  }
}
