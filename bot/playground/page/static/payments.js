// Money in a chat: an invoice as a card, and the lines that say what was paid and what went back.

import { el } from "./dom.js";

/** What is to be paid for, and how much. `deeds` writes prices. */
export function invoiceCard(invoice, deeds) {
  return el(
    "div",
    { class: "invoice" },
    el("div", { class: "invoice-head" }, el("span", { class: "invoice-kind" }, deeds.t("invoice")), el("span", { class: "invoice-price" }, deeds.price(invoice))),
    el("strong", { class: "invoice-title", dir: "auto" }, invoice.title),
    el("p", { class: "invoice-words", dir: "auto" }, invoice.description),
  );
}

/** The line of a message that says nothing but that money moved; null for any other message. */
export function serviceLine(message, deeds, format) {
  const { successful_payment: paid, refunded_payment: back } = message;
  const payment = paid ?? back;
  if (!payment) return null;
  const at = message.date * 1000;
  const words = deeds.t(paid ? "pay.done" : "pay.back", { name: deeds.personName(), price: deeds.price(payment) });
  const time = el("time", { datetime: new Date(at).toISOString(), title: format.full(at) }, format.time(at));
  return el("p", { class: "message service", data: { message: message.message_id, payment: paid ? "paid" : "refunded" } }, el("span", {}, words), time);
}
