import { parseArgs } from "node:util";
import type { SchoolRole } from "@darasa/protocol";
import type * as z from "zod";
import { emailSchema, schoolSlugSchema } from "../accounts/credentials.ts";
import { languageSchema } from "../accounts/user.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { PlainProblem } from "./plainProblem.ts";

/** How the command is used; told when it was not. */
export const usage = `npm run school -- create --name "Green Hill School" --slug green-hill --email head@green-hill.example
                         [--language en|sw]        a new school, with an invitation for its first admin
npm run school -- list                                    every school
npm run school -- admin       --school … --email …        another invitation for an admin of that school
npm run school -- super-admin --school … --email …        for somebody who runs all schools, from that one
npm run school -- suspend     --slug …                    close a school: nobody gets in, nothing is lost
npm run school -- resume      --slug …                    open it again`;

/** What the operator wants. */
export type Command =
  | {
      readonly kind: "create";
      readonly name: string;
      readonly slug: string;
      readonly email: string;
      readonly language: "en" | "sw";
    }
  | { readonly kind: "list" }
  | { readonly kind: "govern"; readonly slug: string; readonly suspended: boolean }
  | {
      readonly kind: "invite";
      readonly slug: string;
      readonly email: string;
      readonly role: Extract<SchoolRole, "school_admin" | "super_admin">;
    };

const options = {
  name: { type: "string" },
  slug: { type: "string" },
  school: { type: "string" },
  email: { type: "string" },
  language: { type: "string" },
} as const;

type Given = Partial<Record<keyof typeof options, string>>;

/** The command that these words are. @throws PlainProblem saying what is missing or wrong */
export function readCommand(words: readonly string[]): Command {
  const { verb, given } = readWords(words);
  switch (verb) {
    case "create":
      return {
        kind: "create",
        name: read(given, "name", displayTextSchema(120)),
        slug: read(given, "slug", schoolSlugSchema),
        email: read(given, "email", emailSchema),
        language: read({ language: "en", ...given }, "language", languageSchema),
      };
    case "list":
      return { kind: "list" };
    case "suspend":
    case "resume":
      return {
        kind: "govern",
        slug: read(given, "slug", schoolSlugSchema),
        suspended: verb === "suspend",
      };
    case "admin":
    case "super-admin":
      return {
        kind: "invite",
        slug: read(given, "school", schoolSlugSchema),
        email: read(given, "email", emailSchema),
        role: verb === "admin" ? "school_admin" : "super_admin",
      };
    default:
      throw new PlainProblem(verb === "" ? usage : `There is no "${verb}".\n\n${usage}`);
  }
}

function readWords(words: readonly string[]): { verb: string; given: Given } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
    });
    const [verb = "", ...more] = positionals;
    if (more.length === 0) return { verb, given: values };
  } catch {
    // Node's own words name its own types; ours name the command.
  }
  throw new PlainProblem(`That was not understood.\n\n${usage}`);
}

function read<T>(given: Given, name: keyof Given, schema: z.ZodType<T, string>): T {
  const value = given[name];
  if (value === undefined) throw new PlainProblem(`--${name} is missing.\n\n${usage}`);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PlainProblem(`--${name} cannot be "${value}".`);
  return parsed.data;
}
