// Money in a chat: an invoice as a card, and the lines that say what was paid and what went back.

import { button, el, icon } from "./dom.js";

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

/** What was paid, when and to whom, under which number, and whether it went back. */
export function receiptCard(invoice, paid, back, deeds, format) {
  const { t } = deeds;
  const payment = paid.successful_payment;
  const charge = payment.telegram_payment_charge_id;
  const rows = [
    [t("receipt.to"), deeds.botName()],
    [t("receipt.when"), format.full(paid.date * 1000)],
    ...(back ? [[t("receipt.back"), format.full(back.date * 1000)]] : []),
    [t("receipt.number"), [el("bdi", { class: "receipt-number" }, charge), button({ class: "round", "aria-label": t("copy.this"), title: t("copy.this") }, () => deeds.copy(charge), icon("copy"))]],
  ];
  return el(
    "div",
    { class: "receipt" },
    el("div", { class: "invoice-head" }, el("strong", { class: "invoice-title", dir: "auto" }, invoice.title), el("span", { class: "invoice-price" }, deeds.price(payment))),
    el("p", { class: "invoice-words", dir: "auto" }, invoice.description),
    el("dl", { class: "receipt-rows" }, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
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
