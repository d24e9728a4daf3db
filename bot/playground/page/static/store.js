// What everybody's phone holds. It follows from the server's events alone, so that two browsers show the same.

import { Emitter } from "./emitter.js";

const DOING_MS = 5500;
const PRESS_MS = 20000;

/** One person's conversation with the bot. */
class Chat {
  constructor() {
    this.messages = new Map();
    this.started = false;
    this.blocked = false;
    this.replyKeyboard = null;
    this.shared = null;
    this.presses = new Map();
    this.receipts = new Map();
    this.doing = null;
    this.unread = 0;
    this.draft = "";
  }

  /** Whether a button of this message waits for the bot's answer. */
  waits(messageId, data) {
    return [...this.presses.values()].some((press) => press.message_id === messageId && press.data === data);
  }

  /** The message that says an invoice was paid, by the invoice's number; undefined while it is not. */
  receipt(invoiceId) {
    return this.receipts.get(invoiceId);
  }

  /** The invoice that a message is the receipt of; undefined for any other message. */
  invoiceOf(message) {
    const [invoiceId] = [...this.receipts].find(([, receipt]) => receipt === message) ?? [];
    return this.messages.get(invoiceId);
  }

  /** The message that says a payment went back; undefined while it did not. */
  givenBack(charge) {
    return [...this.messages.values()].find((message) => message.refunded_payment?.telegram_payment_charge_id === charge);
  }
}

/**
 * Emits `event` (event, live) for each thing that happened; `change` (person id, kind, details) for what a phone should
 * show, only while live; `reset` when a world begins and `ready` when all that was there is known; `unread`; `people`.
 */
export class Store extends Emitter {
  constructor() {
    super();
    this.world = null;
    this.live = false;
    this.skew = 0;
    this.people = [];
    this.bot = { username: "", name: "", descriptions: {} };
    this.demo = null;
    this.chats = new Map();
  }

  /** The world's time now, in milliseconds UTC. */
  now() {
    return Date.now() + this.skew;
  }

  chat(personId) {
    if (!this.chats.has(personId)) this.chats.set(personId, new Chat());
    return this.chats.get(personId);
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  setPeople(people) {
    this.people = people;
    this.emit("people");
  }

  /** A world begins, or the same one goes on after a lost line. */
  begin({ world, now }) {
    this.skew = now - Date.now();
    this.live = false;
    if (world === this.world) return;
    this.world = world;
    this.chats.clear();
    this.emit("reset");
  }

  /** All that was there has been told. */
  goLive({ now }) {
    this.skew = now - Date.now();
    this.live = true;
    this.emit("ready");
    this.emit("unread");
  }

  happened(event) {
    this.skew = Math.max(this.skew, event.at - Date.now());
    const chat = this.chat(event.chat_id);
    const details = this[`_${event.kind}`]?.(chat, event.content, event) ?? null;
    if (this.live) this.emit("change", event.chat_id, event.kind, details);
    this.emit("event", event, this.live);
  }

  markRead(personId) {
    const chat = this.chat(personId);
    if (!chat.unread) return;
    chat.unread = 0;
    this.emit("unread", personId);
  }

  get unread() {
    return this.people.reduce((sum, person) => sum + this.chat(person.id).unread, 0);
  }

  _message(chat, content, event) {
    const message = content.message;
    chat.messages.set(message.message_id, message);
    if (content.invoice !== undefined) chat.receipts.set(content.invoice, message);
    if (content.reply_keyboard) chat.replyKeyboard = this.#keyboard(content.reply_keyboard);
    if (message.from.is_bot) {
      chat.doing = null;
      this.#count(chat, event.chat_id);
    } else {
      chat.started = true;
      if (message.text?.startsWith("/start")) chat.shared = null;
    }
    return message;
  }

  _edit(chat, content) {
    chat.messages.set(content.message.message_id, content.message);
    return content.message;
  }

  _delete(chat, content) {
    chat.messages.delete(content.message_id);
    return content.message_id;
  }

  _pressed(chat, content, event) {
    chat.presses.set(content.query_id, content);
    setTimeout(() => this.#released(chat, content.query_id, event.chat_id), PRESS_MS);
    return content;
  }

  _answered(chat, content) {
    const press = chat.presses.get(content.query_id);
    chat.presses.delete(content.query_id);
    return { ...content, press };
  }

  _action(chat, content, event) {
    if (!this.live) return content;
    const doing = { action: content.action };
    chat.doing = doing;
    setTimeout(() => {
      if (chat.doing !== doing) return;
      chat.doing = null;
      this.emit("change", event.chat_id, "action", null);
    }, DOING_MS);
    return content;
  }

  _shared(chat, content, event) {
    chat.shared = content;
    this.#count(chat, event.chat_id);
    return content;
  }

  _put_away(chat) {
    chat.shared = null;
  }

  _blocked(chat) {
    chat.blocked = true;
    return true;
  }

  _unblocked(chat) {
    chat.blocked = false;
    return false;
  }

  #keyboard(markup) {
    if (markup.remove_keyboard) return null;
    return markup;
  }

  #count(chat, personId) {
    if (!this.live) return;
    chat.unread += 1;
    this.emit("unread", personId);
  }

  #released(chat, queryId, personId) {
    const press = chat.presses.get(queryId);
    if (!press) return;
    chat.presses.delete(queryId);
    this.emit("change", personId, "answered", { query_id: queryId, text: "", alert: false, url: null, press });
  }
}
