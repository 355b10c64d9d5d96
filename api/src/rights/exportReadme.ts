const english = `ABOUT THIS ARCHIVE

It has what this school's Darasa keeps about one person. The .json files are plain text.

person.json        name, e-mail address, role, language, preferences
sign-ins.json      the devices that signed in, and when
rooms.json         classes, groups and private talks that the person belongs to
messages.json      everything that the person wrote in a chat; "seq" is the message's number in its room
live-classes.json  the live classes that the person was let into: minutes, from when to when, and each time
                   that the server saw them there
corrections.json   what teachers corrected about the person in registers of live classes, and why
recordings.json    recordings of live classes that the person was let into: of which room, from when to when, who
                   started them, and until when they are kept
boards.json        the titles of the boards that the person can open
drawings.json      the titles of the boards that the person drew on
mails.json         mails that were sent to the person during the last month, without their text: links in it
                   open doors
audit.json         what the school's log says that the person did, or that was done to their account
picture            the person's picture, if there is one (PNG or WebP)

What is not in here: the drawings themselves, which are seen on their boards; and boards on which the person drew
only before boards began to keep who draws. Nor are the recordings themselves, which show others, too: members of the
room open them for as long as they are kept. Without a recording, nothing is kept of what was seen and heard in a live
class. What others wrote and drew is theirs.

If the person is erased, what they drew is taken from the boards, and recordings of live classes that they were let
into are deleted, for all and for ever. That does not reach what was drawn before boards began to keep who draws,
changes that the person made to what others drew, recordings that somebody has downloaded, or copies on devices that
never come back to Darasa.
`;

const swahili = `KUHUSU KIFURUSHI HIKI

Kina yote ambayo Darasa ya shule hii inahifadhi kuhusu mtu mmoja. Faili za .json ni maandishi ya kawaida.

person.json        jina, barua pepe, wajibu, lugha, mapendeleo
sign-ins.json      vifaa vilivyoingia, na lini
rooms.json         madarasa, vikundi na mazungumzo ya faragha ya mtu huyu
messages.json      yote aliyoandika kwenye gumzo; "seq" ni namba ya ujumbe katika chumba chake
live-classes.json  vipindi mubashara alivyoruhusiwa kuingia: dakika, kuanzia lini hadi lini, na kila mara
                   seva ilipomwona humo
corrections.json   walimu walichorekebisha kuhusu mtu huyu kwenye mahudhurio ya vipindi, na kwa nini
recordings.json    rekodi za vipindi mubashara alivyoruhusiwa kuingia: za chumba gani, kuanzia lini hadi lini, nani
                   alizianzisha, na zinahifadhiwa hadi lini
boards.json        majina ya ubao ambazo anaweza kufungua
drawings.json      majina ya ubao ambazo alichora juu yake
mails.json         barua pepe alizotumiwa mwezi uliopita, bila maandishi yake: viungo vyake hufungua milango
audit.json         kumbukumbu ya shule inavyosema alifanya nini, au akaunti yake ilifanyiwa nini
picture            picha ya mtu huyu, kama ipo (PNG au WebP)

Kisichomo: michoro yenyewe, ambayo huonekana kwenye ubao wake; na ubao ambao alichora juu yake tu kabla ubao
haujaanza kuhifadhi nani anachora. Hazimo pia rekodi zenyewe, ambazo huonyesha na wengine: wanachama wa chumba
huzifungua kwa muda zinapohifadhiwa. Bila rekodi, hakuna kinachohifadhiwa cha yaliyoonekana na kusikika katika kipindi.
Waliyoandika na waliyochora wengine ni yao.

Mtu huyu akifutwa, aliyoyachora yanaondolewa kwenye ubao, na rekodi za vipindi alivyoruhusiwa kuingia zinafutwa, kwa
wote na milele. Hilo halifikii yaliyochorwa kabla ubao haujaanza kuhifadhi nani anachora, mabadiliko aliyofanya kwenye
michoro ya wengine, rekodi ambazo mtu amezipakua, wala nakala zilizo kwenye vifaa ambavyo havirudi tena Darasa.
`;

/** The text that says what each file of an export is, in both languages; `cut` are files that are not complete. */
export function exportReadme(cut: readonly string[]): readonly string[] {
  if (cut.length === 0) return [english, "\n", swahili];
  const names = cut.join(", ");
  return [
    english,
    `\nNOT COMPLETE, because there is so much of it: ${names}\n\n`,
    swahili,
    `\nHAZIJAKAMILIKA, kwa kuwa ni nyingi mno: ${names}\n`,
  ];
}
