// One message as it stands in a chat.

import { button, el, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { atName } from "./links.js";
import { invoiceCard, serviceLine } from "./payments.js";

const NAME_LENGTH = 140;

/** The element of a message. `deeds` does what is pressed in it, `format` writes its time. */
export function messageElement(message, deeds, format) {
  const service = serviceLine(message, deeds, format);
  if (service) return service;
  const mine = !message.from.is_bot;
  const shape = message.sticker ? " sticker" : "";
  const wide = message.photo || message.invoice || message.reply_markup?.inline_keyboard?.length ? " wide" : "";
  const element = el(
    "article",
    { class: `message ${mine ? "out" : "in"}${shape}${wide}`, data: { message: message.message_id } },
    el("span", { class: "hidden-words" }, deeds.t("says", { name: mine ? deeds.personName() : deeds.botName() })),
    el("div", { class: "bubble" }, via(message, deeds), reply(message), ...media(message, deeds, format), written(message, deeds, meta(message, deeds, format))),
    inlineKeyboard(message, deeds),
  );
  return element;
}

function via(message, deeds) {
  return message.via_bot ? el("span", { class: "via" }, deeds.t("via", { bot: atName(message.via_bot.username) })) : null;
}

function reply(message) {
  const to = message.reply_to_message;
  if (!to) return null;
  return el("span", { class: "quote", dir: "auto" }, to.text ?? to.caption ?? "…");
}

function media(message, deeds, format) {
  if (message.invoice) return [invoiceCard(message.invoice, deeds)];
  if (message.photo) return [photo(message, deeds)];
  if (message.document) return [file(message.document, deeds, format)];
  if (message.sticker) return [el("div", { class: "face", role: "img", "aria-label": deeds.t("sticker", { emoji: message.sticker.emoji }) }, message.sticker.emoji)];
  return [];
}

function photo(message, deeds) {
  const size = message.photo.at(-1);
  const address = fileAddress(size.file_id);
  const name = nameOf(message, deeds);
  const picture = el("img", { src: address, width: size.width, height: size.height, loading: "lazy", decoding: "async", alt: name });
  return button({ class: "photo", title: deeds.t("photo.open") }, () => deeds.look(address, message.caption ?? "", name), picture);
}

/**
 * What a picture shows, as its sender says: the first line of what is written under it, and whose invitation it is where a
 * link of one stands there; else from whom it comes.
 */
function nameOf(message, deeds) {
  const caption = message.caption ?? "";
  const [line] = caption.split("\n").map((each) => each.trim()).filter(Boolean);
  if (!line) return deeds.t("photo.of", { name: message.from.is_bot ? deeds.botName() : deeds.personName() });
  const name = line.length > NAME_LENGTH ? `${line.slice(0, NAME_LENGTH).trimEnd()}…` : line;
  const code = deeds.invitationIn(caption);
  return code ? deeds.t("photo.invitation", { code, name }) : deeds.t("photo.named", { name });
}

function file(document, deeds, format) {
  return el(
    "a",
    { class: "file", href: fileAddress(document.file_id), download: document.file_name ?? true, title: deeds.t("file.download") },
    el("span", { class: "file-mark" }, icon("file")),
    el("span", { class: "file-words" }, el("bdi", { class: "file-name" }, document.file_name ?? deeds.t("file")), el("span", { class: "file-size" }, format.size(document.file_size ?? 0))),
  );
}

/** The text with the time at its end, beside the last line where there is room; the time alone where there is no text. */
function written(message, deeds, time) {
  const text = shownText(message);
  if (!text) return time;
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  return el("div", { class: "written", dir: "auto" }, el("div", { class: "words" }, formatted(text, entities, deeds)), time);
}

/** What a link carried is the bot's affair: a person sees that they pressed START. */
function shownText(message) {
  const text = message.text ?? message.caption ?? "";
  return !message.from.is_bot && /^\/start \S+$/.test(text) ? "/start" : text;
}

function meta(message, deeds, format) {
  const at = message.date * 1000;
  const time = el("time", { datetime: new Date(at).toISOString(), title: format.full(at) }, format.time(at));
  return el("div", { class: "meta" }, message.edit_date ? el("span", {}, deeds.t("edited")) : null, time);
}

/** Where a file's content is. */
export function fileAddress(fileId) {
  return `/page/files/${encodeURIComponent(fileId)}`;
}
