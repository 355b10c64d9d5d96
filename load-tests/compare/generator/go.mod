module darasa/generator

go 1.21
