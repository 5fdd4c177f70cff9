// Gives a program built for Node the environment variables it was started with.
Module.preRun = [].concat(Module.preRun || [], () => Object.assign(ENV, process.env));
