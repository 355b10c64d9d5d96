package main

func (g *generator) storm() {}

func (l *load) left(*connection) {}
