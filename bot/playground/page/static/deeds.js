// What one person can do with their phone, each deed through the server.

import { get, post, Refusal, upload } from "./api.js";
import { copied } from "./clipboard.js";
import { lightbox } from "./dialogs.js";
import { askedOf, CardSheet } from "./inline.js";
import { botLink, botLinkIn, outside, sharedBy, startOf } from "./links.js";
import { receiptCard } from "./payments.js";

const CHECKOUT_S = 15;
const PICTURES = ["image/png", "image/jpeg", "image/webp"];

export class Deeds {
  /** `phone` shows toasts; `context` holds store, strings, dialogs and the share sheet. */
  constructor(person, phone, context) {
    this.person = person;
    this.phone = phone;
    this.context = context;
    this.t = context.strings.t;
  }

  personName() {
    return this.context.strings.of(this.person.name);
  }

  botName() {
    return this.context.store.bot.name;
  }

  waits(messageId, data) {
    return this.context.store.chat(this.person.id).waits(messageId, data);
  }

  isShare(url) {
    return sharedBy(url) !== null;
  }

  /** The code in the first link to the bot in a text; null where there is none. */
  invitationIn(text) {
    return startOf(botLinkIn(text, this.context.store.bot.username) ?? "");
  }

  /** What a link's element points at, so that it can be copied from the browser's own menu. */
  address(url) {
    return outside(url) ?? null;
  }

  /** Says a text; a link to the bot alone is opened instead, the bot's name shows what it offers. Whether it was done. */
  async say(text) {
    const { bot } = this.context.store;
    if (botLink(text.trim(), bot.username)) return this.start(text.trim());
    const query = askedOf(text, bot);
    if (query !== null) return this.offer(query);
    return this.#act("say", { text });
  }

  send(text) {
    return this.#act("say", { text });
  }

  /** Presses START, with a link or without. */
  start(link = "") {
    return link ? this.#act("open", { link }) : this.#act("say", { text: "/start" });
  }

  press(message, data) {
    if (!message.message_id) return this.cannot(); // a card that came from another person: the bot is told of it otherwise
    if (this.waits(message.message_id, data)) return null;
    return this.#act("press", { message_id: message.message_id, data });
  }

  /** Follows an address: the bot's in this phone, a sharing one to the sheet of people, others out of the page. */
  open(url) {
    if (botLink(url, this.context.store.bot.username)) return this.start(url);
    const shared = sharedBy(url);
    if (shared) return this.share(shared);
    const target = outside(url);
    if (target) window.open(target, "_blank", "noopener,noreferrer");
    return null;
  }

  /** Asks to whom, and passes it on. */
  async share({ text, link }) {
    const whole = [text, link].filter(Boolean).join("\n");
    const to = await this.context.phones.chooseOtherOrCopy(this.person, whole);
    if (to === undefined) return;
    if (to === "copy") {
      await this.copy(whole);
      return;
    }
    const leads = link || botLinkIn(text, this.context.store.bot.username) || "";
    await this.#try(() => post("/page/share", { sender: this.person.id, to, text, link: leads }));
    this.phone.toast(this.t("shared.with", { name: this.context.phones.nameOf(to) }));
    this.context.phones.show(to);
  }

  /** The bot's name typed in the chat with somebody who is asked for. */
  async offerElsewhere(query) {
    const to = await this.context.phones.chooseOther(this.person);
    return to !== undefined && this.offer(query, to);
  }

  /** The bot's name typed in a chat: shows its cards, and sends the one that is chosen. Whether one was. */
  async offer(query, chat = this.person.id) {
    const { dialogs, phones, store } = this.context;
    const there = chat !== this.person.id;
    const bot = store.bot.username;
    const sheet = new CardSheet({ place: this.#place("").slice(0, -1), chat, bot, query, t: this.t });
    const title = there ? this.t("inline.to", { name: phones.nameOf(chat) }) : this.botName();
    const chosen = await dialogs.ask(title, (close) => sheet.fill(close, bot), this.phone.element);
    if (!chosen) return false;
    if (chosen.start) return this.start(`t.me/${bot}?start=${chosen.start}`);
    const sent = await this.#act("choose", chosen);
    if (sent && there) {
      this.phone.toast(this.t("shared.with", { name: phones.nameOf(chat) }));
      phones.show(chat);
    }
    return sent;
  }

  putAway() {
    return this.#try(() => post("/page/away", { person: this.person.id }));
  }

  async copy(text) {
    const done = await copied(text);
    this.phone.toast(this.t(done ? "copied" : "copied.not"));
  }

  look(address, caption, name) {
    lightbox(address, { caption, name }, this.t);
  }

  cannot() {
    this.phone.toast(this.t("cannot"));
  }

  /** Sends a file: a picture as a photo with a caption, anything else as a document. */
  async file(file, caption = "") {
    if (!file.size) {
      this.phone.toast(this.t("file.empty"));
      return;
    }
    if (PICTURES.includes(file.type)) {
      const path = `${this.#place("photo")}?caption=${encodeURIComponent(caption)}`;
      if (await this.#try(() => upload(path, file), { quiet: true })) return;
    }
    await this.#try(() => upload(`${this.#place("document")}?name=${encodeURIComponent(file.name)}`, file));
  }

  sticker() {
    return this.#act("sticker", {});
  }

  block() {
    return this.#act("block", {});
  }

  unblock() {
    return this.#act("unblock", {});
  }

  price({ total_amount, currency }) {
    return this.context.format.money(total_amount, currency);
  }

  /** The message that says this invoice was paid; undefined while it is not. */
  receipt(message) {
    return this.context.store.chat(this.person.id).receipt(message.message_id);
  }

  showReceipt(message) {
    const paid = this.receipt(message);
    const back = this.context.store.chat(this.person.id).givenBack(paid.successful_payment.telegram_payment_charge_id);
    const card = receiptCard(message.invoice, paid, back, this, this.context.format);
    return this.context.dialogs.show(this.t("receipt"), card, this.phone.element);
  }

  /** Asks, and pays an invoice; what keeps the payment from happening is told as an alert. `pressed` waits meanwhile. */
  async pay(message, pressed) {
    const { dialogs } = this.context;
    const { title } = message.invoice;
    const price = this.price(message.invoice);
    if (pressed.ariaBusy === "true" || !(await dialogs.confirm(this.t("pay.sure", { title, price }), this.t("pay", { price }), this.phone.element))) return;
    if (this.receipt(message)) { // paid meanwhile, by somebody who looks on
      this.showReceipt(message);
      return;
    }
    pressed.ariaBusy = "true";
    await this.#try(async () => {
      const { checkout_id: id } = await post(this.#place("pay"), { message_id: message.message_id });
      const { answer, charge } = await get(`/control/checkouts/${encodeURIComponent(id)}?timeout=${CHECKOUT_S}`);
      if (!charge) dialogs.alert(answer?.error || this.t("pay.unanswered"), this.t("phone", { name: this.personName() }), this.phone.element);
    });
    pressed.ariaBusy = null;
  }

  #place(act) {
    return `/control/users/${this.person.id}/${act}`;
  }

  #act(act, body) {
    return this.#try(() => post(this.#place(act), body));
  }

  async #try(deed, { quiet = false } = {}) {
    try {
      await deed();
      return true;
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      if (!quiet) this.phone.toast(this.t(problem.status ? "refused" : "unreachable", { reason: problem.message }));
      return false;
    }
  }
}
