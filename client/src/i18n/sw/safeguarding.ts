import safeguarding from "./safeguarding.json";

/** What the page of children's safety says, in Swahili. */
export const words = { ...safeguarding };
