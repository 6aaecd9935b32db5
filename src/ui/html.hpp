// HTML templates: string literals read once by the compiler, which checks the context of every {} and the
// arguments. A value is escaped for where it stands; a value that cannot be made safe there does not compile.
#pragma once
