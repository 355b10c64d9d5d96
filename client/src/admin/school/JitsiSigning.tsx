import { createSignal, Match, Switch, type Accessor, type JSX } from "solid-js";
import type { Faults } from "../../account/checkFields.ts";
import type { components } from "../../api/schema.d.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { isTooShort } from "./isTooShort.ts";

type Kind = "secret" | "keyPair";

/** What a Jitsi believes tokens by, as it is typed; what is set already is kept where nothing is typed. */
export interface Signing {
  readonly kind: Accessor<Kind>;
  readonly setKind: (kind: Kind) => void;
  readonly isKept: Accessor<boolean>;
  readonly secret: Accessor<string>;
  readonly setSecret: (text: string) => void;
  readonly privateKey: Accessor<string>;
  readonly setPrivateKey: (text: string) => void;
  readonly publicKey: Accessor<string>;
  readonly setPublicKey: (text: string) => void;
  readonly faults: () => Faults<"secret" | "privateKey">;
  /** What is sent of it: nothing, or all. */
  readonly typed: () => Pick<components["schemas"]["OwnJitsiInput"], "signing">;
}

/** Nothing typed; `before` is what is set. */
export function createSigning(before: Kind | undefined): Signing {
  const [kind, setKind] = createSignal<Kind>(before ?? "secret");
  const [secret, setSecret] = createSignal("");
  const [privateKey, setPrivateKey] = createSignal("");
  const [publicKey, setPublicKey] = createSignal("");
  const isKept = (): boolean => before === kind();
  const isPairTyped = (): boolean => isPem(privateKey()) && isPem(publicKey());
  const isPairEmpty = (): boolean => privateKey() === "" && publicKey() === "";
  return {
    ...{ kind, setKind, isKept, secret, setSecret },
    ...{ privateKey, setPrivateKey, publicKey, setPublicKey },
    faults: () => {
      if (kind() === "secret") {
        return isTooShort(secret(), isKept()) ? { secret: "school.mediaSecretFault" } : {};
      }
      const isGood = isPairTyped() || (isKept() && isPairEmpty());
      return isGood ? {} : { privateKey: "school.mediaPairFault" };
    },
    typed: () => {
      if (kind() === "secret") {
        return secret() === "" ? {} : { signing: { kind: "secret", secret: secret() } };
      }
      if (isPairEmpty()) return {};
      const pair = { privateKey: privateKey().trim(), publicKey: publicKey().trim() };
      return { signing: { kind: "keyPair", ...pair } };
    },
  };
}

function isPem(text: string): boolean {
  return text.trim().startsWith("-----BEGIN ");
}

export interface SigningFieldsProps {
  readonly signing: Signing;
  readonly fault: (field: "secret" | "privateKey") => string | undefined;
}

/** A secret that both know, or a pair of keys. */
export function SigningFields(props: SigningFieldsProps): JSX.Element {
  const { t } = useI18n();
  return (
    <>
      <RadioGroup
        label={t("school.mediaSigning")}
        layout="row"
        options={[
          { value: "secret", label: t("school.mediaSigningSecret") },
          { value: "keyPair", label: t("school.mediaSigningPair") },
        ]}
        value={props.signing.kind()}
        onChange={(kind) => props.signing.setKind(kind)}
      />
      <Switch>
        <Match when={props.signing.kind() === "secret"}>
          <TextField
            type="password"
            label={t("school.mediaSecret")}
            hint={t(props.signing.isKept() ? "school.mediaSecretKept" : "school.mediaSecretHint")}
            error={props.fault("secret")}
            maxLength={512}
            autocomplete="new-password"
            value={props.signing.secret()}
            onInput={(text) => props.signing.setSecret(text)}
          />
        </Match>
        <Match when={props.signing.kind() === "keyPair"}>
          <TextArea
            label={t("school.mediaPrivateKey")}
            hint={t(props.signing.isKept() ? "school.mediaSecretKept" : "school.mediaPairHint")}
            error={props.fault("privateKey")}
            rows={3}
            autocomplete="off"
            spellcheck={false}
            value={props.signing.privateKey()}
            onInput={(text) => props.signing.setPrivateKey(text)}
          />
          <TextArea
            label={t("school.mediaPublicKey")}
            rows={3}
            autocomplete="off"
            spellcheck={false}
            value={props.signing.publicKey()}
            onInput={(text) => props.signing.setPublicKey(text)}
          />
        </Match>
      </Switch>
    </>
  );
}
