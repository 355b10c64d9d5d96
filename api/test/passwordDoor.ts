import type { Answer, Person, TestApi } from "./testApi.ts";

interface Attempt {
  readonly email: string;
  readonly password?: string;
  readonly code?: string;
  readonly address?: string;
  /** A cookie that an answer before has set. */
  readonly device?: string;
  readonly userAgent?: string;
}

/** Signs in at the demo school as a page does, with the password that all accounts of tests have. */
export function signInWith(api: TestApi, attempt: Attempt): Promise<Answer> {
  const { email, password = api.db.password, code, address, device, userAgent } = attempt;
  return api.call("POST /api/auth/login", {
    body: { school: "demo", email, password, ...(code === undefined ? {} : { code }) },
    headers: {
      ...(address === undefined ? {} : { "x-forwarded-for": address }),
      ...(device === undefined ? {} : { cookie: device }),
      ...(userAgent === undefined ? {} : { "user-agent": userAgent }),
    },
  });
}

/** The cookie by which a browser is known, as an answer sets it; empty when it does not. */
export function deviceOf(answer: Answer): string {
  const set = answer.headers.getSetCookie().find((cookie) => cookie.startsWith("darasa_device="));
  return (set ?? "").split(";")[0] ?? "";
}

/** Whoever such an answer has signed in. */
export function personOf({ body, headers }: Answer): Person {
  return {
    id: body.user.id,
    name: body.user.name,
    token: body.accessToken,
    cookie: (headers.getSetCookie()[0] ?? "").split(";")[0] ?? "",
  };
}
