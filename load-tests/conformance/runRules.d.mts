import type { ConformanceSchool } from "./conformanceSchool.ts";

export interface RuleResult {
  readonly rule: string;
  /** Null when the rule holds. */
  readonly fault: string | null;
}

/** How many rooms `runRules` may ask for. */
export const ruleCount: number;

export function runRules(
  school: ConformanceSchool,
  options?: { readonly short?: boolean; readonly only?: string; readonly atOnce?: number },
): Promise<RuleResult[]>;
