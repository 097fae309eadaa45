/** The microphone check: which device, how loud, and why it does not work if it does not. */
import { useMediaDeviceSelect } from "@livekit/components-react";
import { useId } from "react";
import { Press } from "../page/Press";
import { texts } from "../texts";
import type { Call } from "./call";
import { isForCaller } from "./seat";
import type { State } from "./state";
import { useLevel } from "./useLevel";

export function MicrophonePanel({ call, state }: { call: Call; state: State }) {
  const said = texts.room;
  return (
    <section aria-label={said.microphone} className="panel microphone">
      <h2>{said.microphone}</h2>
      {state.microphone === "ready" ? (
        <>
          <DeviceMenu call={call} />
          <Level input={state.input} />
          {state.presence === "checking" && <Hints urgent={isForCaller(call.claim)} />}
        </>
      ) : (
        <Trouble call={call} state={state} />
      )}
    </section>
  );
}

/** A claim that is not heard is offered again; a seat that was given out is not. */
function Hints({ urgent }: { urgent: boolean }) {
  return (
    <p className="hint">
      {texts.room.checkHint} {urgent && texts.room.soon}
    </p>
  );
}

function DeviceMenu({ call }: { call: Call }) {
  const id = useId();
  const { devices, activeDeviceId } = useMediaDeviceSelect({ kind: "audioinput", room: call.room });
  return (
    <>
      <label htmlFor={id}>{texts.room.device}</label>
      <select
        id={id}
        value={activeDeviceId}
        onChange={(event) => void call.microphone.use(event.target.value)}
      >
        {devices.map((device) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label}
          </option>
        ))}
      </select>
    </>
  );
}

function Level({ input }: { input: MediaStreamTrack | null }) {
  const id = useId();
  const level = useLevel(input);
  return (
    <>
      <label htmlFor={id}>{texts.room.level}</label>
      <meter id={id} min={0} max={1} value={level} />
    </>
  );
}

function Trouble({ call, state }: { call: Call; state: State }) {
  if (state.microphone === "asking") return <p role="status">{texts.room.asking}</p>;
  return (
    <>
      <p role="alert">{state.microphone === "refused" ? texts.room.refused : texts.room.missing}</p>
      <Press quiet does={() => call.retryMicrophone()}>
        {texts.page.retry}
      </Press>
    </>
  );
}
