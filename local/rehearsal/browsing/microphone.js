// In the place of this machine's microphone: one that carries silence, and a sentence when there is one to say.
(() => {
  let context;
  let voice;

  function opened() {
    context ??= new AudioContext();
    voice ??= new GainNode(context);
    void context.resume();
  }

  function samples(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 32768);
  }

  navigator.mediaDevices.getUserMedia = async () => {
    opened();
    const microphone = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    voice.connect(microphone);
    return microphone.stream;
  };

  // When its first sample leaves, in milliseconds since 1970; answers when its last one has left.
  window.rehearsalSay = (base64, sampleRate) =>
    new Promise((said) => {
      const spoken = samples(base64);
      const buffer = new AudioBuffer({ length: spoken.length, sampleRate });
      buffer.copyToChannel(spoken, 0);
      const source = new AudioBufferSourceNode(context, { buffer });
      const soon = 0.05;
      const began = performance.timeOrigin + performance.now() + soon * 1000;
      source.onended = () => said(began);
      source.connect(voice);
      source.start(context.currentTime + soon);
    });
})();
