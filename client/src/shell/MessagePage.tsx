import type { JSX } from "solid-js";
import { MessageCard, type MessageCardProps } from "./MessageCard.tsx";
import { Page } from "./Page.tsx";

/** A page that has one thing to say. */
export function MessagePage(props: MessageCardProps): JSX.Element {
  return (
    <Page title={props.title}>
      <MessageCard {...props} />
    </Page>
  );
}
