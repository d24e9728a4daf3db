// Begins: texts, people, phones, the stream; then the drawer and the tour where the page has them.
//
// `mountDrawer(element, context)` and `mountTour(element, context)` get what everything here works with: `store` (state
// and events), `strings` (`t`), `format`, `api`, `dialogs`, `phones` (`show(personId)`), `toolbar` (their buttons).

import * as api from "./api.js";
import { closeAll, Dialogs } from "./dialogs.js";
import { refusalOf } from "./drawer-parts.js";
import { Format } from "./format.js";
import { people } from "./people.js";
import { Phones } from "./phones.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { Strings } from "./strings.js";
import { mountTheme } from "./theme.js";

const AGAIN_MS = 1500;
const LANGUAGE_OF_OTHER = { en: "fa", fa: "en" };
const $ = (selector) => document.querySelector(selector);

const strings = new Strings();
const store = new Store();
const stream = new Stream();
const context = {
  api,
  store,
  strings,
  format: new Format(strings),
  dialogs: new Dialogs(strings),
  toolbar: { tour: $("#tour-button"), play: $("#play-button"), drawer: $("#drawer-button") },
};
context.phones = new Phones(context, { stage: $("#phones"), tabs: $(".tabs"), skips: $(".skips") });

/** Asks the server again and again until it answers. */
async function patiently(question) {
  for (;;) {
    try {
      return await question();
    } catch (problem) {
      if (!(problem instanceof api.Refusal)) throw problem;
      showConnection(false);
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}

/** Learns who the bot is, whether a demo runs it, and who holds the phones. */
async function meet() {
  const about = await api.get("/page/about");
  let demo = about.demo ? await api.get("/demo/state") : null;
  if (!strings.lang) {
    await strings.load(about.parts);
    strings.choose(demo);
  }
  if (demo && isUntouched(about, demo)) demo = await spoken(demo);
  const holders = await people(about, demo, strings.lang);
  Object.assign(store, { bot: about, demo });
  store.setPeople(holders);
  showConnection(true);
  return about;
}

/** Whether the people may take on the page's language: nobody has asked for another, nobody has said anything yet. */
function isUntouched(about, demo) {
  return !demo.chosen && demo.lang !== strings.lang && !about.people.some((person) => person.started);
}

/** Lets the demo's people speak the page's language; its state as it is then, or as it was where it has other work. */
async function spoken(demo) {
  try {
    return await api.post("/demo/language", { lang: strings.lang });
  } catch (problem) {
    if (!(problem instanceof api.Refusal)) throw problem;
    return demo;
  }
}

async function begin() {
  mountTheme($("#theme-button"));
  const about = await patiently(meet);
  context.phones.draw();
  await follow();
  await mountParts(about.parts);
  document.documentElement.dataset.ready = "";
}

/** Listens to the server from now on; resolves when all that was there has been told. */
function follow() {
  stream.on("connection", (up) => showConnection(up));
  stream.on("generation", (about) => store.begin(about));
  stream.on("happened", (event) => store.happened(event));
  stream.on("live", (about) => store.goLive(about));
  let first = true;
  store.on("reset", async () => {
    closeAll();
    if (!first) {
      const before = ids();
      await patiently(meet);
      context.phones.draw();
      if (String(ids()) !== String(before)) stream.open(ids());
    }
    first = false;
  });
  strings.on("language", () => {
    showConnection();
    context.phones.draw();
  });
  $("#language-button").addEventListener("click", () => changeLanguage(LANGUAGE_OF_OTHER[strings.lang]));
  const told = new Promise((done) => store.on("ready", done));
  stream.open(ids());
  return told;
}

function ids() {
  return store.people.map((person) => person.id);
}

function showConnection(up = $(".connection").hidden) {
  const line = $(".connection");
  line.hidden = up;
  line.textContent = up || !strings.lang ? "" : strings.t("connection.lost");
}

/** The page changes at once, and the people go on in that language; what was written before stays as it is. */
async function changeLanguage(lang) {
  strings.set(lang);
  if (!store.demo || store.demo.lang === lang) return;
  try {
    store.demo = await api.post("/demo/language", { lang });
    const begun = store.people.some((person) => store.chat(person.id).messages.size);
    if (begun) context.phones.get(context.phones.current).toast(strings.t("language.changed"));
  } catch (problem) {
    if (!(problem instanceof api.Refusal)) throw problem;
    context.dialogs.alert(refusalOf(problem, strings.t));
  }
}

async function mountParts(parts) {
  if (parts.includes("drawer.js")) {
    const { mountDrawer } = await import("./drawer.js");
    context.toolbar.drawer.hidden = false;
    await mountDrawer($("#drawer"), context);
  }
  if (parts.includes("tour.js")) {
    const { mountTour } = await import("./tour.js");
    context.toolbar.tour.hidden = false;
    context.toolbar.play.hidden = false;
    await mountTour($("#tour"), context);
  }
}

await begin();
