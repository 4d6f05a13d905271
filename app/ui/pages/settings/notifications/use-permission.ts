import { useEffect, useState } from 'react';
import { notificationPermission, type Permission } from '../../../alerts/permission.ts';

/** What the browser says now: the user may change it in the browser's own settings, and come back. */
export function usePermission(): [Permission, (permission: Permission) => void] {
  const [permission, setPermission] = useState(notificationPermission);
  useEffect(() => {
    const look = () => setPermission(notificationPermission());
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return [permission, setPermission];
}
