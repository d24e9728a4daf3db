// The page's texts in both languages, and which one is shown.

import { Emitter } from "./emitter.js";

export const LANGUAGES = ["en", "fa"];
const KEPT_UNDER = "moaref.language";

/** `t(key, arguments)` is the text in the language that is shown; numbers among the arguments get its digits. */
export class Strings extends Emitter {
  #texts = { en: {}, fa: {} };

  constructor() {
    super();
    this.lang = null;
    this.t = this.t.bind(this);
  }

  /** Reads every `strings*.LANG.json` among the page's files. */
  async load(parts) {
    const files = LANGUAGES.flatMap((lang) => parts.filter((name) => name.startsWith("strings.") && name.endsWith(`.${lang}.json`)).map((name) => [lang, name]));
    await Promise.all(files.map(async ([lang, name]) => Object.assign(this.#texts[lang], await (await fetch(`/page/${name}`)).json())));
  }

  get dir() {
    return this.lang === "fa" ? "rtl" : "ltr";
  }

  /** The language chosen on this browser before, else what the demo speaks, else the browser's own. */
  choose(ofDemo) {
    const wanted = [kept(), ofDemo, navigator.language?.slice(0, 2)];
    this.set(wanted.find((lang) => LANGUAGES.includes(lang)) ?? "en", { keep: false });
  }

  set(lang, { keep = true } = {}) {
    this.lang = lang;
    document.documentElement.lang = lang;
    document.documentElement.dir = this.dir;
    if (keep) keepIn(lang);
    this.translate(document);
    this.emit("language", lang);
  }

  t(key, args = {}) {
    const text = this.#texts[this.lang ?? "en"][key] ?? this.#texts.en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (hole, name) => {
      const value = args[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? this.number(value) : String(value);
    });
  }

  /** Of texts by language (`{"en": ..., "fa": ...}`), the one that is shown; a plain text is itself. */
  of(texts) {
    if (texts === null || typeof texts !== "object") return texts ?? "";
    return texts[this.lang] ?? texts.en ?? Object.values(texts)[0] ?? "";
  }

  number(value) {
    return new Intl.NumberFormat(this.lang === "fa" ? "fa-IR" : "en").format(value);
  }

  /** A number that is a name, such as an order's, in the digits of the language. */
  digits(text) {
    return this.lang === "fa" ? String(text).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(text);
  }

  /** Fills what carries `data-t` (its text) or `data-t-label` (its name for screen readers, and its hint). */
  translate(root) {
    for (const element of root.querySelectorAll("[data-t]")) element.textContent = this.t(element.dataset.t);
    for (const element of root.querySelectorAll("[data-t-label]")) {
      element.setAttribute("aria-label", this.t(element.dataset.tLabel));
      if (element.tagName === "BUTTON") element.title = this.t(element.dataset.tLabel);
    }
  }
}

function kept() {
  try {
    return localStorage.getItem(KEPT_UNDER);
  } catch {
    return null;
  }
}

function keepIn(lang) {
  try {
    localStorage.setItem(KEPT_UNDER, lang);
  } catch {
    // a browser that keeps nothing still shows what was chosen
  }
}
