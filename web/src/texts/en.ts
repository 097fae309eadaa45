/** Everything that the pages say, in English; the shape of every other language. */
export const en = {
  language: "en",
  span: (hours: number, minutes: number, seconds: number): string => {
    if (hours) return `${hours} h ${minutes} min`;
    return minutes ? `${minutes} min ${seconds} s` : `${seconds} s`;
  },
  reasons: {
    caller_request: "The caller asked for a person",
    repeated_failure: "The assistant could not help",
    emergency: "It may be an emergency",
    frustration: "The caller is upset",
    human_only_topic: "A matter for a person",
    ai_failure: "The assistant has a fault",
    direct_join: "Direct join",
    other: "Another reason",
  } as Record<string, string>,
  dispositions: {
    resolved: "Resolved",
    follow_up: "Somebody has to follow up",
    no_caller: "There was no caller",
    other: "Something else",
  } as Record<string, string>,
  ended: {
    caller_left: "The caller left",
    caller_changed_mind: "The caller no longer needs a person",
    human_left: "This call was completed",
    human_completed: "This call was completed",
    human_dropped: "The person in this call lost the connection",
    handed_back: "This call was handed back to the AI",
    nobody_on_duty: "Nobody was on duty",
    nobody_answered: "Nobody answered in time and this call was closed",
    newer_room_session: "A newer call has begun in this room",
    operator: "This call was closed by an operator",
    link_expired: "This link has expired",
  } as Record<string, string>,
  problems: {
    UnknownLinkError: "This link is not known.",
    LinkExpiredError: "This link has expired.",
    SeatNotHeldError: "Only the browser that took the call may do this.",
    NotConnectedError: "The caller has not heard you yet, so there is nothing to end or hand back.",
    CrossSiteError: "Open the link itself and press the button there.",
    UnavailableError: "A part of the service did not answer. Please try again.",
  } as Record<string, string>,
  problem: {
    unreachable: "The service cannot be reached. Please try again.",
    unknown: "That did not work. Please try again.",
  },
  page: {
    loading: "One moment…",
    skip: "Skip to the main part",
    notKnown: "This link is not known",
    over: "This call is over",
    failed: "That did not work",
    retry: "Try again",
  },
  look: {
    waiting: "A caller is waiting",
    direct: "Join the call",
    reason: "Reason",
    team: "Team",
    language: "Language",
    waited: "Waiting for",
    onTheWay: "On the way",
    join: "Join the call",
    notNow: "Not right now?",
    twoMinutes: "I can be there in 2 minutes",
    onMyWay: "I am on my way",
    cannot: "I cannot take this call",
    declined:
      "You said that you cannot take it. Should you find the time after all, the call may still be here.",
    etaGiven: (minutes: number): string =>
      minutes
        ? `The caller hears that you come in about ${minutes} minutes.`
        : "The caller hears that you are on the way.",
    eta: (name: string, minutes: number, ago: string): string =>
      minutes ? `${name}, in about ${minutes} min (said ${ago} ago)` : `${name} (said ${ago} ago)`,
    taken: "This call is taken",
    took: (name: string, ago: string): string => `${name} took this ${ago} ago`,
    yours: "You have this call",
    yoursElsewhere: "You have this call in another window or tab, or you had it here before.",
    comeBack: "Come back to the call",
    endedAt: (time: string): string => `at ${time}`,
    microphoneHint: "The next step checks your microphone. The caller hears you only when you say so.",
  },
};

export type Texts = typeof en;
