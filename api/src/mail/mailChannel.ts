/** The channel of Postgres NOTIFY that wakes the senders of mail; its payload is the school's id. */
export const mailChannel = "darasa_mail";
