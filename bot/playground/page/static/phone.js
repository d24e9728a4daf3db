// One phone: whose it is, the conversation, and what stands over it.

import { Composer } from "./composer.js";
import { Deeds } from "./deeds.js";
import { animate, button, el, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { atName } from "./links.js";
import { Log } from "./log.js";
import { preview } from "./preview.js";

const TOAST_MS = 3200;
const TOAST_MS_PER_LETTER = 45;

export class Phone {
  #context;
  #store;
  #t;
  #doing = el("p", { class: "doing" });
  #toasts = el("div", { class: "toasts", role: "status" });
  #incomingShown = null;
  #incoming = el("div", { hidden: true, "aria-live": "polite" });
  #blank = el("div", { class: "blank" });
  #off = [];

  constructor(person, context) {
    this.person = person;
    this.#context = context;
    this.#store = context.store;
    this.#t = context.strings.t;
    this.deeds = new Deeds(person, this, context);
    this.name = this.deeds.personName();
    this.composer = new Composer(person, this.deeds, context);
    this.log = new Log(this.deeds, context, this.#t("log", { name: this.name }), () => this.#moved());
    this.element = this.#frame();
    this.#off = [this.#store.on("change", (personId, kind, details) => personId === person.id && this.#changed(kind, details))];
    this.fill();
  }

  get chat() {
    return this.#store.chat(this.person.id);
  }

  /** Whether what comes is seen as it comes. */
  get seen() {
    return document.visibilityState === "visible" && this.element.offsetParent !== null && this.log.atEnd;
  }

  /** Shows the whole chat anew. */
  fill() {
    this.log.fill(this.chat.messages.values());
    this.#blankIfNew();
    this.#showDoing();
    this.#showIncoming();
    this.composer.update();
    this.read();
  }

  /** Everything is read if it can be seen. */
  read() {
    if (this.seen) this.#store.markRead(this.person.id);
    this.#showBottom();
  }

  toast(text) {
    const toast = el("div", { class: "toast", dir: "auto" }, text);
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS + text.length * TOAST_MS_PER_LETTER);
  }

  /** Draws the eye. */
  call() {
    animate(this.element, "called");
  }

  close() {
    this.log.close();
    this.composer.close();
    for (const off of this.#off) off();
    this.element.remove();
  }

  #frame() {
    const t = this.#t;
    const more = button({ class: "round more-button", "aria-label": t("more", { name: this.name }), title: t("more", { name: this.name }) }, () => this.#more(), icon("more"));
    this.bottom = button({ class: "to-bottom", "aria-label": t("to_bottom"), title: t("to_bottom"), hidden: true }, () => this.log.toEnd(), icon("down"));
    const head = el(
      "header",
      { class: "phone-head" },
      avatar(this.person, this.#context.strings),
      el("div", { class: "who" }, el("h2", {}, el("span", { class: "who-name", dir: "auto" }, this.name), el("span", { class: "role" }, t(`role.${this.person.role}`))), this.#doing),
      more,
    );
    const talk = el("div", { class: "talk" }, this.#incoming, this.#blank, this.log.element, this.#toasts, this.bottom);
    const phone = el("section", { class: "phone", id: `phone-${this.person.id}`, tabindex: "-1", "aria-label": t("phone", { name: this.name }), data: { person: this.person.id, role: this.person.role } }, head, talk, this.composer.letters, this.composer.element);
    phone.addEventListener("dragover", (event) => {
      event.preventDefault();
      phone.classList.add("drop-here");
    });
    phone.addEventListener("dragleave", () => phone.classList.remove("drop-here"));
    phone.addEventListener("drop", (event) => {
      event.preventDefault();
      phone.classList.remove("drop-here");
      this.#dropped(event.dataTransfer);
    });
    return phone;
  }

  #changed(kind, details) {
    const show = {
      message: () => this.#came(details),
      edit: () => this.log.change(details),
      delete: () => this.log.remove(details),
      pressed: () => this.log.mark(details.message_id, details.data, true),
      answered: () => this.#answered(details),
      action: () => this.#showDoing(),
      shared: () => this.#passedOn(),
      put_away: () => this.#showIncoming(),
      blocked: () => this.composer.update(),
      unblocked: () => this.composer.update(),
    }[kind];
    show?.();
  }

  #came(message) {
    this.#blankIfNew();
    this.log.add(message);
    const paid = this.chat.invoiceOf(message);
    if (paid) this.log.change(paid);
    this.#showDoing();
    this.#showIncoming();
    this.composer.update();
    this.read();
  }

  #answered(answer) {
    if (answer.press) this.log.mark(answer.press.message_id, answer.press.data, false);
    if (answer.url) this.deeds.open(answer.url);
    if (!answer.text) return;
    if (answer.alert) this.#context.dialogs.alert(answer.text, this.#t("phone", { name: this.name }), this.element);
    else this.toast(answer.text);
  }

  #passedOn() {
    this.#showIncoming();
    this.composer.update();
    this.call();
    this.read();
  }

  #showDoing() {
    const doing = this.chat.doing;
    const bot = this.deeds.botName();
    this.#doing.classList.toggle("busy", doing !== null);
    if (!doing) {
      this.#doing.textContent = this.#t("with", { bot });
      return;
    }
    const kind = doing.action.startsWith("upload") ? "sending" : "typing";
    this.#doing.replaceChildren(this.#t(`doing.${kind}`, { bot }), el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")));
  }

  /** What somebody passed on stands above the chat until it is opened or put away. */
  #showIncoming() {
    const { shared } = this.chat;
    if (shared === this.#incomingShown) return; // it is said once, and keeps the focus
    this.#incomingShown = shared;
    const focused = this.#incoming.contains(document.activeElement);
    this.#incoming.hidden = !shared;
    this.#incoming.replaceChildren(...(shared ? [this.#incomingCard(shared)] : []));
    if (focused) this.composer.takeFocus();
  }

  #incomingCard(shared) {
    const sender = this.#store.person(shared.sender);
    const name = sender ? this.#context.strings.of(sender.name) : shared.name;
    const away = button({ class: "round", "aria-label": this.#t("shared.away"), title: this.#t("shared.away") }, () => this.deeds.putAway(), icon("close"));
    const text = shared.text.replace(shared.link, "").trim();
    const { message } = shared;
    const keys = message && inlineKeyboard(message, this.deeds);
    return el(
      "section",
      { class: "incoming", "aria-label": this.#t("shared.from", { name }) },
      el("div", { class: "incoming-head" }, sender ? avatar(sender, this.#context.strings) : null, el("span", {}, this.#t("shared.from", { name })), away),
      message?.via_bot ? el("p", { class: "incoming-via" }, this.#t("via", { bot: atName(message.via_bot.username) })) : null,
      text ? el("p", { class: "incoming-text", dir: "auto", tabindex: "0" }, message ? el("span", { class: "words" }, formatted(message.text, message.entities, this.deeds)) : text) : null,
      shared.link && !message ? el("bdi", { class: "incoming-link" }, shared.link) : null,
      keys,
      shared.link && !keys ? button({ class: "plain-button", data: { link: shared.link } }, () => this.deeds.open(shared.link), this.#t("shared.open")) : null,
    );
  }

  #blankIfNew() {
    const blank = !this.chat.started && this.chat.messages.size === 0;
    this.#blank.hidden = !blank;
    this.log.element.hidden = blank;
    if (!blank) return;
    const { bot } = this.#store;
    const description = bot.descriptions[this.#context.strings.lang] || bot.descriptions[""];
    this.#blank.replaceChildren(...preview(this.person, this.#context), el(
      "div",
      { class: "blank-card" },
      el("p", {}, this.#t(`blank.${this.person.role}`, { name: this.name })),
      description ? el("p", { class: "blank-bot", dir: "auto" }, description) : null,
    ));
  }

  #moved() {
    this.read();
  }

  #showBottom() {
    const { unread } = this.chat;
    this.bottom.hidden = this.log.atEnd;
    const count = unread ? el("span", { class: "badge" }, this.#context.strings.number(unread)) : null;
    this.bottom.replaceChildren(icon("down"), ...(count ? [count] : []));
  }

  async #more() {
    const { blocked } = this.chat;
    const t = this.#t;
    const choice = await this.#context.dialogs.choose(this.name, [
      { value: "block", label: t(blocked ? "unblock" : "block"), mark: icon("block"), bad: !blocked },
      { value: "sticker", label: t("sticker.send"), mark: el("span", { "aria-hidden": "true" }, "👍") },
    ].filter(({ value }) => value === "block" || !blocked), { over: this.element });
    if (choice === "block") await (blocked ? this.deeds.unblock() : this.deeds.block());
    if (choice === "sticker") await this.deeds.sticker();
  }

  #dropped(transfer) {
    if (transfer.files.length) {
      this.composer.take([...transfer.files]);
      return;
    }
    const text = transfer.getData("text/plain").trim();
    if (text) this.deeds.say(text);
  }
}

/** A person's mark: the first letter of their name in the colour of their role. */
export function avatar(person, strings) {
  const [letter] = strings.of(person.name);
  return el("span", { class: "avatar", "aria-hidden": "true", data: { role: person.role } }, letter);
}
