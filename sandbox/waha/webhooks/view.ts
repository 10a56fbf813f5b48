import type { EngineName, Group, Person } from '../model';

/** Who looks at a group: a session's account, through its engine. */
export interface View {
	engine: EngineName;
	group: Group;
	viewer: Person;
}
