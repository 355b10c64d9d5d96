import type { I18n } from "../../i18n/I18n.tsx";

/** Who wants something from the teacher, in words: those who wait, then raised hands; without either, nothing. */
export function peopleWords(
  t: I18n["t"],
  { waiting, hands }: { readonly waiting: number; readonly hands: number },
): string {
  const words = [
    ...(waiting > 0 ? [t("classroom.waitingRoom.count", { count: waiting })] : []),
    ...(hands > 0 ? [t("classroom.hands", { count: hands })] : []),
  ];
  return words.join(", ");
}
