/** Everything that the pages say, in German. */
import type { Texts } from "./en";

export const de: Texts = {
  language: "de",
  span: (hours, minutes, seconds) => {
    if (hours) return `${hours} Std. ${minutes} Min.`;
    return minutes ? `${minutes} Min. ${seconds} Sek.` : `${seconds} Sek.`;
  },
  reasons: {
    caller_request: "Der Anrufer möchte mit einem Menschen sprechen",
    repeated_failure: "Der Assistent konnte nicht helfen",
    emergency: "Es könnte ein Notfall sein",
    frustration: "Der Anrufer ist verärgert",
    human_only_topic: "Ein Anliegen für einen Menschen",
    ai_failure: "Der Assistent ist gestört",
    direct_join: "Direkter Beitritt",
    other: "Ein anderer Grund",
  },
  dispositions: {
    resolved: "Erledigt",
    follow_up: "Jemand muss sich weiter kümmern",
    no_caller: "Es war kein Anrufer da",
    other: "Etwas anderes",
  },
  ended: {
    caller_left: "Der Anrufer hat aufgelegt",
    caller_changed_mind: "Der Anrufer braucht keinen Menschen mehr",
    human_left: "Dieses Gespräch ist beendet",
    human_completed: "Dieses Gespräch ist beendet",
    human_dropped: "Die Verbindung der Person in diesem Gespräch ist abgerissen",
    handed_back: "Dieses Gespräch ging zurück an die KI",
    nobody_on_duty: "Niemand hatte Dienst",
    nobody_answered: "Niemand hat rechtzeitig geantwortet, der Anruf wurde geschlossen",
    newer_room_session: "In diesem Raum hat ein neues Gespräch begonnen",
    operator: "Dieser Anruf wurde von der Leitung geschlossen",
    link_expired: "Dieser Link ist abgelaufen",
  },
  problems: {
    UnknownLinkError: "Dieser Link ist nicht bekannt.",
    LinkExpiredError: "Dieser Link ist abgelaufen.",
    SeatNotHeldError: "Das darf nur der Browser, der den Anruf angenommen hat.",
    NotConnectedError: "Der Anrufer hat Sie noch nicht gehört; es gibt nichts zu beenden oder zurückzugeben.",
    CrossSiteError: "Öffnen Sie den Link selbst und drücken Sie dort auf den Knopf.",
    UnavailableError: "Ein Teil des Dienstes hat nicht geantwortet. Bitte noch einmal versuchen.",
  },
  problem: {
    unreachable: "Der Dienst ist nicht erreichbar. Bitte noch einmal versuchen.",
    unknown: "Das hat nicht geklappt. Bitte noch einmal versuchen.",
  },
  page: {
    loading: "Einen Moment …",
    skip: "Zum Hauptteil springen",
    notKnown: "Dieser Link ist nicht bekannt",
    over: "Dieses Gespräch ist vorbei",
    failed: "Das hat nicht geklappt",
    retry: "Noch einmal versuchen",
  },
  look: {
    waiting: "Ein Anrufer wartet",
    direct: "Am Gespräch teilnehmen",
    reason: "Grund",
    team: "Team",
    language: "Sprache",
    waited: "Wartet seit",
    onTheWay: "Unterwegs",
    join: "Anruf annehmen",
    notNow: "Gerade nicht?",
    twoMinutes: "Ich bin in 2 Minuten da",
    onMyWay: "Ich bin auf dem Weg",
    cannot: "Ich kann diesen Anruf nicht annehmen",
    declined: "Sie haben abgesagt. Falls Sie doch Zeit finden: Vielleicht ist der Anruf noch hier.",
    etaGiven: (minutes) =>
      minutes
        ? `Der Anrufer hört, dass Sie in etwa ${minutes} Minuten kommen.`
        : "Der Anrufer hört, dass Sie auf dem Weg sind.",
    eta: (name, minutes, ago) =>
      minutes ? `${name}, in etwa ${minutes} Min. (gesagt vor ${ago})` : `${name} (gesagt vor ${ago})`,
    taken: "Dieser Anruf ist vergeben",
    took: (name, ago) => `${name} hat ihn vor ${ago} angenommen`,
    yours: "Sie haben dieses Gespräch",
    yoursElsewhere:
      "Sie haben dieses Gespräch in einem anderen Fenster oder Tab, oder Sie hatten es zuvor hier.",
    comeBack: "Zurück ins Gespräch",
    endedAt: (time) => `um ${time}`,
    microphoneHint: "Als Nächstes prüfen Sie Ihr Mikrofon. Der Anrufer hört Sie erst, wenn Sie es sagen.",
  },
};
