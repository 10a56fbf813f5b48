import type { EventName, GroupEvent } from '../../model';

/** Makes an event of what is known of its group, and more. */
export type Tell = (event: EventName, more?: Partial<GroupEvent>) => GroupEvent;
