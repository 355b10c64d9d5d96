import "./theme.css";
import { render } from "solid-js/web";
import { App } from "./App.tsx";
import { loadCatalogue } from "./i18n/catalogue.ts";
import { loadLanguage, pickLanguage } from "./i18n/language.ts";
import { preloadPage } from "./pages.ts";

const language = pickLanguage(loadLanguage(), navigator.languages);
const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");

preloadPage(location.pathname, language);
const catalogue = await loadCatalogue(language, "start");
render(() => <App words={{ language, catalogue }} />, root);
