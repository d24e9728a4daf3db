// Times, dates and sizes as the reader writes them.

const DAY_MS = 86_400_000;
const UNITS = ["B", "KB", "MB", "GB"];

/** Formats for a language: Persian gets its calendar and digits, English the browser's own habits where it has some. */
export class Format {
  constructor(strings) {
    this.strings = strings;
  }

  get #locale() {
    if (this.strings.lang === "fa") return "fa-IR-u-ca-persian-nu-arabext";
    return navigator.language?.startsWith("en") ? navigator.language : "en-GB";
  }

  /** Hours and minutes; `at` is milliseconds UTC. */
  time(at) {
    return new Intl.DateTimeFormat(this.#locale, { hour: "numeric", minute: "2-digit" }).format(at);
  }

  /** Today, yesterday, tomorrow, or the day with its month, and its year where that is not this one. */
  day(at, now) {
    const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
    if (days === 0) return this.strings.t("day.today");
    if (days === 1) return this.strings.t("day.yesterday");
    if (days === -1) return this.strings.t("day.tomorrow");
    const year = this.#year(at) === this.#year(now) ? undefined : "numeric";
    return new Intl.DateTimeFormat(this.#locale, { day: "numeric", month: "long", year }).format(at);
  }

  /** The day of a time, to tell one day from the next. */
  dayKey(at) {
    return midnight(at);
  }

  /** A whole date with its time. The browser's own long form puts a Persian date in the order of English. */
  full(at) {
    const piece = (options) => new Intl.DateTimeFormat(this.#locale, options).format(at);
    if (this.strings.lang !== "fa") return piece({ dateStyle: "full", timeStyle: "short" });
    const day = [{ weekday: "long" }, { day: "numeric" }, { month: "long" }, { year: "numeric" }].map(piece).map((text) => text.replace(/ AP$/, ""));
    return this.strings.t("time.full", { day: day.join(" "), time: piece({ hour: "2-digit", minute: "2-digit" }) });
  }

  /** An amount in the smallest unit of a currency, as a payment names it; XTR are Telegram Stars, which have no smaller. */
  money(amount, currency) {
    if (currency === "XTR") return this.strings.t("pay.stars", { amount });
    return new Intl.NumberFormat(this.#locale, { style: "currency", currency }).format(amount / 10 ** places(currency));
  }

  size(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit += 1;
    }
    return this.strings.t(`size.${UNITS[unit]}`, { size: Math.round(value * 10) / 10 });
  }

  #year(at) {
    return new Intl.DateTimeFormat(this.#locale, { year: "numeric" }).format(at);
  }
}

/** How many decimal places a currency has. */
function places(currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
}

function midnight(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
