import { SPEEDS, type Speed } from '#core/view/playback.ts';
import { edgeMs } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { useTimeActions } from '../time-actions.ts';
import { usePage } from '../use-page.ts';
import { PlaybackIcon, type PlaybackSign } from './playback-icon.tsx';
import { ScrubBar } from './scrub-bar.tsx';

/** A point of the charts. */
const stepMs = (page: PageState) => page.frame?.tokenSeries.resolutionMs ?? 0;

/** Goes through the past like through a film; in real time it is at the film's end. */
export function PlaybackBar() {
  const actions = useTimeActions();
  const isRealTime = usePage((page) => page.range.endMs === null);
  const isPlaying = usePage((page) => page.playback !== null);
  const isEmpty = usePage((page) => page.frame === null || page.frame.asOfMs === null);
  const isNewest = usePage(
    (page) => isRealTime || (page.range.endMs ?? 0) + stepMs(page) > edgeMs(page),
  );
  const playName = isRealTime ? 'Stop here' : isPlaying ? 'Pause playback' : 'Play';
  return (
    <div className="playback-bar" role="group" aria-label="Playback">
      <SignButton name="Earlier" sign="back" isOff={isEmpty} onPress={() => actions.pan(-1)} />
      <SignButton
        name="Step back"
        sign="step-back"
        isOff={isEmpty}
        onPress={() => actions.step(-1)}
      />
      <SignButton
        name={playName}
        sign={isRealTime || isPlaying ? 'pause' : 'play'}
        isOff={isEmpty}
        onPress={isRealTime || isPlaying ? actions.stopHere : actions.play}
      />
      <SignButton name="Step on" sign="step-on" isOff={isNewest} onPress={() => actions.step(1)} />
      <SignButton name="Later" sign="on" isOff={isNewest} onPress={() => actions.pan(1)} />
      <SpeedChoice />
      <ScrubBar />
    </div>
  );
}

interface SignButtonProps {
  readonly name: string;
  readonly sign: PlaybackSign;
  readonly isOff: boolean;
  readonly onPress: () => void;
}

function SignButton({ name, sign, isOff, onPress }: SignButtonProps) {
  return (
    <button
      type="button"
      className="playback-button"
      data-sign={sign}
      aria-label={name}
      title={name}
      disabled={isOff}
      onClick={onPress}
    >
      <PlaybackIcon sign={sign} />
    </button>
  );
}

function SpeedChoice() {
  const speed = usePage((page) => page.speed);
  const { setSpeed } = useTimeActions();
  const choose = (value: number) => {
    const chosen: Speed | undefined = SPEEDS.find((one) => one === value);
    if (chosen) setSpeed(chosen);
  };
  return (
    <label className="playback-speed">
      <span className="for-screen-readers">Playback speed</span>
      <select value={speed} onChange={({ target }) => choose(Number(target.value))}>
        {SPEEDS.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </select>
    </label>
  );
}
