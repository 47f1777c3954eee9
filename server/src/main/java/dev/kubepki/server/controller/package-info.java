/// Controllers: each decides purely what an object needs, and a loop carries it out.
@NullMarked
package dev.kubepki.server.controller;

import org.jspecify.annotations.NullMarked;
