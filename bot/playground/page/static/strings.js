// The page's texts in both languages, and which one is shown.

import { Emitter } from "./emitter.js";

export const LANGUAGES = ["en", "fa"];
const KEPT_UNDER = "moaref.language";
const KEPT_IN_RUN = "moaref.language.run";

/** `t(key, arguments)` is the text in the language that is shown; numbers among the arguments get its digits. */
export class Strings extends Emitter {
  #texts = { en: {}, fa: {} };
  #run = "";

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

  /**
   * What was chosen on the page since the demo began, else what its command was given, else what was chosen here before,
   * else the first of the browser's own languages that there is. `demo` is its state; null where none runs.
   */
  choose(demo) {
    this.#run = demo?.run ?? "";
    const before = kept(KEPT_UNDER);
    const inThisRun = kept(KEPT_IN_RUN) === this.#run ? before : null;
    const own = navigator.languages.map((language) => language.slice(0, 2).toLowerCase());
    const wanted = [inThisRun, demo?.chosen, before, ...own];
    this.set(wanted.find((lang) => LANGUAGES.includes(lang)) ?? "en", { keep: false });
  }

  set(lang, { keep = true } = {}) {
    this.lang = lang;
    document.documentElement.lang = lang;
    document.documentElement.dir = this.dir;
    if (keep) this.#keep();
    this.translate(document);
    this.emit("language", lang);
  }

  #keep() {
    keep(KEPT_UNDER, this.lang);
    keep(KEPT_IN_RUN, this.#run);
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

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a browser that keeps nothing still shows what was chosen
  }
}
