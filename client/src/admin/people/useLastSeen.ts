import { useI18n } from "../../i18n/I18n.tsx";
import { describeLastSeen } from "./describeLastSeen.ts";

/** Gives a function that tells in words when somebody was here last; null is never. */
export function useLastSeen(): (atMs: number | null) => string {
  const { t, formatTime, formatDay } = useI18n();
  return (atMs) => {
    const seen = describeLastSeen(atMs, Date.now());
    switch (seen) {
      case "never":
        return t("people.never");
      case "today":
        return t("people.todayAt", { time: formatTime(atMs ?? 0) });
      case "thisYear":
        return formatDay(atMs ?? 0);
      case "earlier":
        return `${formatDay(atMs ?? 0)} ${new Date(atMs ?? 0).getFullYear()}`;
    }
  };
}
