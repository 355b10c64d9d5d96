import type { Mail, MailLanguage } from "./mail.ts";

/** A mail as it is sent: plain text. */
export interface WrittenMail {
  readonly subject: string;
  readonly body: string;
}

/** The mail in the reader's language. */
export function writeMail(mail: Mail, language: MailLanguage): WrittenMail {
  switch (language) {
    case "en":
      return writeEnglish(mail);
    case "sw":
      return writeSwahili(mail);
  }
}

function writeEnglish(mail: Mail): WrittenMail {
  const { schoolName } = mail;
  switch (mail.kind) {
    case "verifyEmail":
      return written(`${schoolName}: please confirm your e-mail address`, [
        `Hello ${mail.name},`,
        `please confirm that this is your e-mail address at ${schoolName}:`,
        mail.link,
        "The link works once. If you did not ask for it, you need not do anything.",
      ]);
    case "resetPassword":
      return written(`${schoolName}: a new password`, [
        `Hello ${mail.name},`,
        `somebody, hopefully you, asked for a new password at ${schoolName}. Choose it here:`,
        mail.link,
        "The link works once and not for long. If it was not you, you need not do anything: your password stays as it is.",
      ]);
    case "passwordChanged":
      return written(`${schoolName}: your password was changed`, [
        `Hello ${mail.name},`,
        `your password at ${schoolName} has just been changed.`,
        "If it was not you, ask for a new password on the sign-in page at once and tell your school.",
      ]);
    case "invitation":
      return written(`Your invitation to ${schoolName}`, [
        "Hello,",
        `${mail.inviter} invites you to ${schoolName}, on Darasa. Make your account here:`,
        mail.link,
        "The link is for you: please do not pass it on.",
      ]);
  }
}

function writeSwahili(mail: Mail): WrittenMail {
  const { schoolName } = mail;
  switch (mail.kind) {
    case "verifyEmail":
      return written(`${schoolName}: tafadhali thibitisha barua pepe yako`, [
        `Habari ${mail.name},`,
        `tafadhali thibitisha kwamba hii ni anwani yako ya barua pepe katika ${schoolName}:`,
        mail.link,
        "Kiungo hufanya kazi mara moja tu. Kama hukukiomba, huhitaji kufanya lolote.",
      ]);
    case "resetPassword":
      return written(`${schoolName}: nenosiri jipya`, [
        `Habari ${mail.name},`,
        `mtu fulani, huenda ni wewe, ameomba nenosiri jipya katika ${schoolName}. Lichague hapa:`,
        mail.link,
        "Kiungo hufanya kazi mara moja tu na kwa muda mfupi. Kama si wewe, huhitaji kufanya lolote: nenosiri lako halijabadilika.",
      ]);
    case "passwordChanged":
      return written(`${schoolName}: nenosiri lako limebadilishwa`, [
        `Habari ${mail.name},`,
        `nenosiri lako katika ${schoolName} limebadilishwa sasa hivi.`,
        "Kama si wewe uliyelibadilisha, omba nenosiri jipya mara moja kwenye ukurasa wa kuingia, kisha iarifu shule yako.",
      ]);
    case "invitation":
      return written(`Mwaliko wako wa ${schoolName}`, [
        "Habari,",
        `${mail.inviter} anakualika ${schoolName}, kwenye Darasa. Fungua akaunti yako hapa:`,
        mail.link,
        "Kiungo hiki ni chako peke yako: tafadhali usimpe mtu mwingine.",
      ]);
  }
}

function written(subject: string, paragraphs: readonly string[]): WrittenMail {
  return { subject, body: `${paragraphs.join("\n\n")}\n` };
}
