import monoBold from "@tldraw/assets/fonts/IBMPlexMono-Bold.woff2?url";
import mono from "@tldraw/assets/fonts/IBMPlexMono-Medium.woff2?url";
import sansBold from "@tldraw/assets/fonts/IBMPlexSans-Bold.woff2?url";
import sans from "@tldraw/assets/fonts/IBMPlexSans-Medium.woff2?url";
import serifBold from "@tldraw/assets/fonts/IBMPlexSerif-Bold.woff2?url";
import serif from "@tldraw/assets/fonts/IBMPlexSerif-Medium.woff2?url";
import drawBold from "@tldraw/assets/fonts/Shantell_Sans-Informal_Bold.woff2?url";
import drawBoldItalic from "@tldraw/assets/fonts/Shantell_Sans-Informal_Bold_Italic.woff2?url";
import draw from "@tldraw/assets/fonts/Shantell_Sans-Informal_Regular.woff2?url";
import drawItalic from "@tldraw/assets/fonts/Shantell_Sans-Informal_Regular_Italic.woff2?url";
import iconNames from "@tldraw/assets/icons/icon/icon-names.json";
import iconSheet from "@tldraw/assets/icons/icon/0_merged.svg?url";
import { DEFAULT_EMBED_DEFINITIONS, type TLUiAssetUrlOverrides } from "tldraw";

const noPicture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

/**
 * The editor's fonts and icons, all from this server: nothing is fetched from its maker's. The package's own
 * list would put 53 translations and every font into the build; italics of the plain fonts are upright here.
 */
export const boardAssets: TLUiAssetUrlOverrides = {
  fonts: {
    tldraw_draw: draw,
    tldraw_draw_bold: drawBold,
    tldraw_draw_italic: drawItalic,
    tldraw_draw_italic_bold: drawBoldItalic,
    tldraw_sans: sans,
    tldraw_sans_bold: sansBold,
    tldraw_sans_italic: sans,
    tldraw_sans_italic_bold: sansBold,
    tldraw_serif: serif,
    tldraw_serif_bold: serifBold,
    tldraw_serif_italic: serif,
    tldraw_serif_italic_bold: serifBold,
    tldraw_mono: mono,
    tldraw_mono_bold: monoBold,
    tldraw_mono_italic: mono,
    tldraw_mono_italic_bold: monoBold,
  },
  icons: Object.fromEntries(iconNames.map((name) => [name, `${iconSheet}#${name}`])),
  // Fetched at every start too, for shapes that boards do not have.
  embedIcons: Object.fromEntries(DEFAULT_EMBED_DEFINITIONS.map(({ type }) => [type, noPicture])),
  // Asked for at every start, and then not read: English is built in, Swahili is ours.
  translations: { en: "data:application/json,{}" },
};
