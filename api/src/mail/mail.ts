import type { SchoolRole } from "@darasa/protocol";

/** Languages that mail is written in. */
export type MailLanguage = "en" | "sw";

/** What a mail tells; its text follows from it and the reader's language. */
export type Mail =
  | {
      readonly kind: "verifyEmail";
      readonly name: string;
      readonly schoolName: string;
      readonly link: string;
    }
  | {
      readonly kind: "resetPassword";
      readonly name: string;
      readonly schoolName: string;
      readonly link: string;
    }
  | { readonly kind: "passwordChanged"; readonly name: string; readonly schoolName: string }
  | {
      readonly kind: "invitation";
      readonly inviter: string;
      readonly schoolName: string;
      readonly link: string;
    };

/** A mail with whom it is for. */
export interface Letter {
  /** The address. */
  readonly to: string;
  /** Links open doors: the outbox shows nobody those of somebody above themselves. */
  readonly recipientRole: SchoolRole;
  readonly language: MailLanguage;
  readonly mail: Mail;
}
