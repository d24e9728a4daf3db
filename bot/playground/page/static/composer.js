// The foot of a phone: START, the field with its menu and files, or the way out of a block.

import { Commands } from "./commands.js";
import { button, el, icon } from "./dom.js";
import { askedOf } from "./inline.js";
import { replyKeyboard } from "./keyboard.js";
import { botLink } from "./links.js";

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

export class Composer {
  #person;
  #deeds;
  #store;
  #t;
  #kind = "";
  #keyboardShown = null;
  #outside;

  constructor(person, deeds, context) {
    this.#person = person;
    this.#deeds = deeds;
    this.#store = context.store;
    this.#t = context.strings.t;
    this.element = el("footer", { class: "composer" });
    this.#outside = (event) => this.commands?.open && !this.element.contains(event.target) && this.commands.close();
    document.addEventListener("pointerdown", this.#outside);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.commands?.close());
    this.letters = el("div", { class: "letters", hidden: true });
  }

  /** Shows what fits the chat as it is now; the field keeps what is being written. */
  update() {
    const chat = this.#store.chat(this.#person.id);
    const kind = chat.blocked ? "blocked" : chat.started ? "field" : "start";
    if (kind !== this.#kind) {
      this.#kind = kind;
      const focused = this.element.contains(document.activeElement);
      this.element.replaceChildren(...{ blocked: () => this.#blocked(), field: () => this.#field(), start: () => this.#start() }[kind]());
      if (focused) this.takeFocus();
    }
    this.#showLetters(kind === "field" ? chat.replyKeyboard : null);
  }

  /** For whoever goes by keys, where what they pressed is gone; a field that is touched would bring up letters. */
  takeFocus() {
    if (matchMedia("(pointer: fine)").matches) (this.input ?? this.element.querySelector("button"))?.focus({ preventScroll: true });
  }

  /** Puts a file in: dropped, pasted or chosen. */
  async take(files) {
    const field = this.input;
    const caption = field?.value.trim() ?? "";
    for (const file of files) await this.#deeds.file(file, caption);
    if (field && files.length) this.#write("");
  }

  close() {
    document.removeEventListener("pointerdown", this.#outside);
  }

  get input() {
    return this.element.querySelector("textarea");
  }

  #start() {
    const pressed = button({ class: "start-button" }, async () => {
      if (pressed.ariaBusy === "true") return;
      pressed.ariaBusy = "true";
      await this.#deeds.start(this.#store.chat(this.#person.id).shared?.link ?? "");
      pressed.ariaBusy = null;
    }, this.#t("start"));
    return [pressed];
  }

  #blocked() {
    return [el("p", { class: "blocked-words" }, this.#t("blocked")), button({ class: "unblock-button" }, () => this.#deeds.unblock(), this.#t("unblock"))];
  }

  #field() {
    const t = this.#t;
    const name = this.#deeds.personName();
    const input = el("textarea", { rows: "1", dir: "auto", placeholder: t("composer.placeholder"), "aria-label": t("composer.label", { name }), "aria-autocomplete": "list", maxlength: "4096", autocomplete: "off", enterkeyhint: "send" });
    const hint = el("p", { class: "hint", hidden: true }, t("composer.opens"));
    const menu = button({ class: "round menu-button", "aria-expanded": "false", "aria-controls": `commands-${this.#person.id}`, "aria-label": t("commands"), title: t("commands") }, () => this.commands.toggle(), icon("menu"));
    const chooser = el("input", { type: "file", class: "chooser", hidden: true, multiple: true, tabindex: "-1", "aria-label": t("composer.attach"), on: { change: () => this.#chosen(chooser) } });
    const attach = button({ class: "round attach-button", "aria-label": t("composer.attach"), title: t("composer.attach") }, () => chooser.click(), icon("attach"));
    const send = button({ class: "round send-button", "aria-label": t("composer.send"), title: t("composer.send") }, () => this.#send(), icon("send"));
    this.commands = new Commands({ person: this.#person, input, menu, t, choose: (command, whole) => this.#picked(command, whole) });
    input.value = this.#store.chat(this.#person.id).draft;
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("paste", (event) => this.#pasted(event));
    const row = el("div", { class: "composer-row" }, menu, input, attach, chooser, send);
    queueMicrotask(() => this.#look());
    return [this.commands.element, hint, row];
  }

  #typed() {
    this.#look();
    this.commands.follow(this.input.value);
  }

  /** What the text makes of the buttons around it. */
  #look() {
    const text = this.input?.value;
    if (text === undefined) return;
    this.#store.chat(this.#person.id).draft = text;
    if (!GROWS_BY_ITSELF) this.#grow();
    this.element.querySelector(".send-button").classList.toggle("ready", text.trim() !== "");
    const { bot } = this.#store;
    const hint = this.element.querySelector(".hint");
    const asks = askedOf(text, bot) !== null;
    hint.hidden = !asks && !botLink(text.trim() || "-", bot.username);
    hint.textContent = this.#t(asks ? "composer.offers" : "composer.opens");
  }

  #grow() {
    const { style } = this.input;
    style.blockSize = "auto";
    style.blockSize = `${this.input.scrollHeight + 2}px`;
  }

  #key(event) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  #picked(command, whole) {
    this.commands.close();
    if (whole) {
      this.#write("");
      this.#deeds.send(`/${command}`);
    } else {
      this.#write(`/${command} `);
    }
    this.input.focus();
  }

  #write(text) {
    this.input.value = text;
    this.#look();
  }

  async #send() {
    const text = this.input.value;
    if (!text.trim()) return;
    this.commands.close();
    this.#write("");
    const done = await this.#deeds.say(text);
    if (!done && this.input && !this.input.value) this.#write(text);
    const goneOn = document.activeElement !== document.body && !this.element.contains(document.activeElement);
    if (!goneOn) this.input?.focus({ preventScroll: true });
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.take(files);
  }

  async #chosen(chooser) {
    await this.take([...chooser.files]);
    chooser.value = "";
  }

  #showLetters(markup) {
    if (markup === this.#keyboardShown) return;
    this.#keyboardShown = markup;
    const placeholder = markup?.input_field_placeholder ?? this.#t("composer.placeholder");
    if (this.input) this.input.placeholder = placeholder;
    const deeds = { t: this.#t, send: (text) => this.#letter(text, markup) };
    const keyboard = replyKeyboard(markup, deeds);
    this.letters.replaceChildren(...(keyboard ? [keyboard] : []));
    this.letters.hidden = !keyboard;
  }

  #letter(text, markup) {
    if (markup.one_time_keyboard) this.letters.hidden = true;
    return this.#deeds.send(text);
  }
}
