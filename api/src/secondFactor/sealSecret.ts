import { createCipheriv, createDecipheriv } from "node:crypto";

const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Whose secret it is: another account's row cannot hold it. */
export interface SecretOwner {
  readonly schoolId: string;
  readonly userId: string;
}

/** A secret as the database keeps it: nonce, AES-256-GCM of it, tag (NIST SP 800-38D). `iv` is 12 fresh bytes. */
export function sealSecret(
  key: Uint8Array,
  owner: SecretOwner,
  { secret, iv }: { readonly secret: Uint8Array; readonly iv: Uint8Array },
): Buffer {
  const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes });
  sealing.setAAD(boundTo(owner));
  const sealed = [sealing.update(secret), sealing.final()];
  return Buffer.concat([iv, ...sealed, sealing.getAuthTag()]);
}

/** The secret again. @throws Error when the key is another, or the bytes are not this owner's */
export function openSecret(key: Uint8Array, owner: SecretOwner, sealed: Uint8Array): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const opening = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes });
  opening.setAAD(boundTo(owner));
  opening.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const body = sealed.subarray(ivBytes, sealed.length - tagBytes);
  return Buffer.concat([opening.update(body), opening.final()]);
}

function boundTo({ schoolId, userId }: SecretOwner): Buffer {
  return Buffer.from(`${schoolId}/${userId}`);
}
