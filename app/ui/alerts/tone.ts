/** Two short notes, the second higher, Hz. */
const NOTES = [660, 880] as const;
const NOTE_S = 0.16;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

/** Plays a short tone; @returns false: the browser plays nothing before the user has touched the page, or at all. */
export async function playTone(): Promise<boolean> {
  if (!('AudioContext' in window) || !navigator.userActivation?.hasBeenActive) return false;
  context ??= new AudioContext();
  await context.resume();
  for (const [i, hertz] of NOTES.entries())
    playNote(context, hertz, context.currentTime + i * NOTE_S);
  return true;
}

/** Swells and fades, so that nothing clicks. */
function playNote(audio: AudioContext, hertz: number, atS: number): void {
  const gain = new GainNode(audio, { gain: 0 });
  const note = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  gain.gain.setValueAtTime(0, atS);
  gain.gain.linearRampToValueAtTime(LOUDNESS, atS + NOTE_S / 4);
  gain.gain.linearRampToValueAtTime(0, atS + NOTE_S);
  note.connect(gain).connect(audio.destination);
  note.start(atS);
  note.stop(atS + NOTE_S);
}
