package main

import "fmt"

// Messages of grpc.health.v1.Health, written by hand: the codec needs the tags only.

const healthService = "grpc.health.v1.Health"

type healthRequest struct {
	Service string `protobuf:"bytes,1,opt,name=service,proto3"`
}

func (r *healthRequest) Reset()         { *r = healthRequest{} }
func (r *healthRequest) String() string { return fmt.Sprintf("%+v", *r) }
func (*healthRequest) ProtoMessage()    {}

type healthResponse struct {
	// 1 is SERVING.
	Status int32 `protobuf:"varint,1,opt,name=status,proto3"`
}

func (r *healthResponse) Reset()         { *r = healthResponse{} }
func (r *healthResponse) String() string { return fmt.Sprintf("%+v", *r) }
func (*healthResponse) ProtoMessage()    {}
