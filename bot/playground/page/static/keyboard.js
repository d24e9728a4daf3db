// Buttons: those under a message and those in place of letters.

import { button, el, icon } from "./dom.js";

const FIRST_LETTER = /\p{L}|[۰-۹]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The rows under a message, in the order in which they were sent. `deeds` does what they say. */
export function inlineKeyboard(message, deeds) {
  const rows = message.reply_markup?.inline_keyboard ?? (message.invoice ? [[{ text: deeds.t("pay", { price: deeds.price(message.invoice) }), pay: true }]] : []);
  if (!rows.some((row) => row.length)) return null;
  return el("div", { class: "keyboard", role: "group", "aria-label": deeds.t("keyboard") }, rows.map((row) => keys(row, (key) => inlineButton(message, key, deeds))));
}

/**
 * One row. Bots reverse the rows of languages that are written from right to left, because Telegram draws every row from
 * the left; here such a row stands from the right, so that it looks the same, and is also read and walked from there.
 */
function keys(row, drawn) {
  const first = (key) => FIRST_LETTER.exec(typeof key === "string" ? key : key.text)?.[0];
  const letters = row.map(first).filter(Boolean);
  const mirrored = letters.length > 0 && letters.every((letter) => RIGHT_TO_LEFT.test(letter));
  return el("div", { class: "keys", dir: mirrored ? "rtl" : "ltr" }, (mirrored ? [...row].reverse() : row).map(drawn));
}

function inlineButton(message, key, deeds) {
  const kind = kindOf();
  const about = { class: `inline-button ${key.style ?? ""}`.trim(), data: kind.data, title: kind.title };
  const pressed = button(about, () => kind.press(pressed), el("span", { class: "label", dir: "auto" }, kind.label ?? key.text), kind.icon && icon(kind.icon));
  if (key.callback_data !== undefined && deeds.waits(message.message_id, key.callback_data)) pressed.setAttribute("aria-busy", "true");
  return pressed;

  function kindOf() {
    if (key.callback_data !== undefined) return { data: { data: key.callback_data }, press: () => deeds.press(message, key.callback_data) };
    if (key.copy_text) return { data: { copy: key.copy_text.text }, icon: "copy", title: key.copy_text.text, press: () => deeds.copy(key.copy_text.text) };
    if (key.pay && deeds.receipt(message)) return { data: { receipt: message.message_id }, label: deeds.t("receipt"), press: () => deeds.showReceipt(message) };
    if (key.pay) return { data: { pay: message.message_id }, press: (element) => deeds.pay(message, element) };
    if (key.url) return { data: { url: key.url }, icon: deeds.isShare(key.url) ? "share" : "link", press: () => deeds.open(key.url) };
    const here = key.switch_inline_query_current_chat;
    if (here !== undefined) return { data: { offer: here }, press: () => deeds.offer(here) };
    const query = key.switch_inline_query ?? (key.switch_inline_query_chosen_chat && (key.switch_inline_query_chosen_chat.query ?? ""));
    if (query !== undefined) return { data: { share: query }, icon: "share", press: () => deeds.offerElsewhere(query) };
    return { data: {}, press: () => deeds.cannot() };
  }
}

/** Marks or frees the buttons of a message that wait for the bot's answer. */
export function markWaiting(element, data, waits) {
  for (const pressed of element.querySelectorAll(".inline-button[data-data]")) {
    if (pressed.dataset.data !== data) continue;
    if (waits) pressed.setAttribute("aria-busy", "true");
    else pressed.removeAttribute("aria-busy");
  }
}

/** The keyboard that stands in place of letters; null where there is none. */
export function replyKeyboard(markup, deeds) {
  if (!markup?.keyboard) return null;
  return el("div", { class: "reply-keyboard", role: "group", "aria-label": deeds.t("keyboard") }, markup.keyboard.map((row) => keys(row, (key) => {
    const text = typeof key === "string" ? key : key.text;
    return button({ class: "reply-button", dir: "auto" }, () => deeds.send(text), text);
  })));
}
