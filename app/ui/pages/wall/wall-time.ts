import { useEffect, useState } from 'react';

/** Counts up from 0, one each `everyMs`. */
export function useCount(everyMs: number): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setCount((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return count;
}

/** Whether somebody is at the mouse: not since `restMs` have passed without a movement. */
export function useMouseMoves(restMs: number): boolean {
  const [isMoving, setIsMoving] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const move = () => {
      setIsMoving(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsMoving(false), restMs);
    };
    window.addEventListener('pointermove', move);
    return () => {
      window.removeEventListener('pointermove', move);
      clearTimeout(timer);
    };
  }, [restMs]);
  return isMoving;
}
