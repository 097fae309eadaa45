/** How loud a microphone is, 0 to 1, ten times a second; listens to a copy, which stays on while the track is muted. */
import { useEffect, useState } from "react";

const EVERY_MS = 100;
// A voice at a normal distance reaches about a quarter of full scale.
const GAIN = 4;

export function useLevel(input: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => (input ? measured(input, setLevel) : undefined), [input]);
  return input ? level : 0;
}

function measured(input: MediaStreamTrack, tell: (level: number) => void): () => void {
  const copy = input.clone();
  copy.enabled = true;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    tell(loudness(samples));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    copy.stop();
    void context.close();
  };
}

export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.sqrt(power) * GAIN);
}
