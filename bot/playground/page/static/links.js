// Addresses: which lead to the bot, which open the sheet of people, which leave the page.

/** Of a link to the bot `username`, what it is to be opened with; null for any other address. */
export function botLink(url, username) {
  const parts = parsed(url);
  if (!parts) return null;
  const domain = parts.protocol === "tg:" ? parts.searchParams.get("domain") : parts.pathname.replaceAll("/", "");
  const here = parts.protocol === "tg:" || ["t.me", "telegram.me"].includes(parts.hostname);
  return here && domain?.toLowerCase() === username.toLowerCase() ? url : null;
}

/** Of an address that shares something, the text and the link; null for any other. */
export function sharedBy(url) {
  const parts = parsed(url);
  const target = parts && (parts.protocol === "tg:" ? parts.hostname : `${parts.hostname}${parts.pathname}`);
  if (!["t.me/share/url", "t.me/share", "telegram.me/share/url", "msg_url"].includes(target)) return null;
  return { link: parts.searchParams.get("url") ?? "", text: parts.searchParams.get("text") ?? "" };
}

/** The first link to the bot in a text; null where there is none. */
export function botLinkIn(text, username) {
  for (const word of text.split(/[\s<>«»]+/)) {
    if (/t\.me\/|telegram\.me\/|^tg:/i.test(word) && botLink(word, username)) return word;
  }
  return null;
}

/** What a link to the bot carries; null where it carries nothing. */
export function startOf(link) {
  return (link && parsed(link)?.searchParams.get("start")) || null;
}

/** The name of an account as it is typed, which keeps its order in a line from right to left. */
export function atName(username) {
  return `\u2066@${username}\u2069`;
}

/** An address that a browser can be sent to; null for what is none or would do something else. */
export function outside(url) {
  const parts = parsed(url);
  return parts && ["http:", "https:", "tg:"].includes(parts.protocol) ? parts.href : null;
}

function parsed(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return URL.canParse(full) ? new URL(full) : null;
}
