import safeguarding from "./safeguarding.json";

/** What the page of children's safety says, in English. */
export const words = { ...safeguarding };
