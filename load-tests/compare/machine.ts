import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";

/** The machine in one line, as the caption tells it. */
export function describeMachine(): string {
  const [first, ...others] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${others.length + 1} × ${first?.model.trim() ?? "unknown processor"}, ${gigabytes} GiB, Linux ${release().split("-")[0] ?? ""}`;
}

/** The commit of a checkout, marked when it has changes; "unknown" outside of git. */
export function describeCheckout(folder: string): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
    const commit = git("rev-parse", "--short", "HEAD");
    return git("status", "--porcelain", "realtime").length > 0 ? `${commit}, changed` : commit;
  } catch {
    return "unknown";
  }
}
